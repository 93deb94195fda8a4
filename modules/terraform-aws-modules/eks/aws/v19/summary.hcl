versions = ">= 19.0.0, < 20.0.0"
extends  = "v20"
