variable "instance_refresh" {
  default = {}
}
