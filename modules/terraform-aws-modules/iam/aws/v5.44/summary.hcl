versions = ">= 5.44.0, < 6.0.0"
extends  = "v5"
