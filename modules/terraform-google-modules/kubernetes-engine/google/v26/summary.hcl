versions = ">= 26.0.0, < 26.1.0"
extends  = "v26.1"
