versions = ">= 21.6.0, < 22.0.0"
extends  = "v21.2"
