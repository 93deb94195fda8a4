versions = ">= 4.14.0, < 4.15.0"
extends  = "v4.13"
