versions = ">= 32.0.0, < 34.0.0"
extends  = "v34"
