versions = ">= 21.7.0, < 22.0.0"
extends  = "v21.6"
