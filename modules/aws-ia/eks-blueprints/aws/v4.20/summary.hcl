versions = ">= 4.20.0, < 4.32.0"
extends  = "v4.15"
