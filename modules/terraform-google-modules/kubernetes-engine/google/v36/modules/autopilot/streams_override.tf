# Autopilot always streams images.

locals {
  streams = true
}
