versions = ">= 4.13.0, < 4.14.0"
extends  = "v4.10"
