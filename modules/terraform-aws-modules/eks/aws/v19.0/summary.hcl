versions = ">= 19.0.0, < 19.6.0"
extends  = "v19"
