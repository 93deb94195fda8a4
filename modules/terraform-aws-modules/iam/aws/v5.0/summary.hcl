versions = ">= 5.0.0, < 5.5.2"
extends  = "v5"
