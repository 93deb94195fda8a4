versions = ">= 31.1.0, < 32.0.0"
extends  = "v32"
