versions = ">= 19.6.0, < 20.0.0"
extends  = "v20"
