versions = ">= 21.6.0, < 21.7.0"
extends  = "v21.2"
