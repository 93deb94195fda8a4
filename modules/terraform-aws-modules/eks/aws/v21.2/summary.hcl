versions = ">= 21.2.0, < 21.6.0"
extends  = "v21"
