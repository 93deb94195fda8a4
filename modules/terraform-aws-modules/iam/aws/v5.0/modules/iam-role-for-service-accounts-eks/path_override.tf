variable "role_path" {
  default = null
}
