# Version 21 lets pods no longer reach the metadata service.

variable "metadata_options" {
  type = object({ http_endpoint = optional(string), http_tokens = optional(string), http_put_response_hop_limit = optional(number) })
  default = {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

variable "min_size" {
  default = 1
}
