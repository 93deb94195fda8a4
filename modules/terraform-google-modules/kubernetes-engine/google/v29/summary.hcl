versions = ">= 29.0.0, < 30.0.0"
extends  = "v30"
