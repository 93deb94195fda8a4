versions = ">= 34.0.0, < 36.0.0"
extends  = "v36"
