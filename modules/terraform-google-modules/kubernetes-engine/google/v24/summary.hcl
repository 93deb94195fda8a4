versions = ">= 24.0.0, < 25.0.0"
extends  = "v25"
