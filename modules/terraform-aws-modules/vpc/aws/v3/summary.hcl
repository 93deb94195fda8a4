versions = ">= 3.0.0, < 4.0.0"
extends  = "v4"
