versions = ">= 5.8.0, < 7.0.0"
extends  = "v4"
