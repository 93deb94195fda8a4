versions = ">= 21.0.0, < 21.2.0"
extends  = "v20"
