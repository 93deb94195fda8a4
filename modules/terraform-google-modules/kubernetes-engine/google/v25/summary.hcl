versions = ">= 25.0.0, < 26.0.0"
extends  = "v26"
