versions = ">= 21.0.0, < 25.0.0"
extends  = "v25"
