versions = ">= 44.0.0, < 45.0.0"
extends  = "v36"
