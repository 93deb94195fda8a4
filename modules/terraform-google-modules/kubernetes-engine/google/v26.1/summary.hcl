versions = ">= 26.1.0, < 29.0.0"
extends  = "v31"
