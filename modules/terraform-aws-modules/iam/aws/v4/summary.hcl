versions = ">= 4.12.0, < 5.0.0"
extends  = "v5.0"
