versions = ">= 31.1.0, < 34.0.0"
extends  = "v34"
