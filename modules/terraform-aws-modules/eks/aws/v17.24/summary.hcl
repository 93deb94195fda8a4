versions = ">= 17.24.0, < 18.0.0"
extends  = "v17"
