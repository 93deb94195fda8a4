versions = ">= 18.2.5, < 19.0.0"
extends  = "v19"
