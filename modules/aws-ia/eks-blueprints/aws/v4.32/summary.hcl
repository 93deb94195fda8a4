versions = ">= 4.32.0, < 4.33.0"
extends  = "v4.20"
