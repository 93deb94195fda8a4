versions = ">= 4.15.0, < 4.20.0"
extends  = "v4.14"
