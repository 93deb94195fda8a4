versions = ">= 8.0.0, < 10.0.0"
extends  = "v10"
