versions = ">= 7.2.0, < 8.0.0"
extends  = "v8"
