versions = ">= 30.0.0, < 31.1.0"
extends  = "v31"
