variable "location" {
  type    = string
  default = "westeurope"
}

variable "management_sources" {
  description = "Networks that may open a session on the jump host."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "management_ports" {
  type    = map(number)
  default = { ssh = 22 }
}

variable "document_stores" {
  type = map(object({
    https_only = optional(bool, true)
  }))
  default = {
    contracts = {}
    scans     = { https_only = false }
  }
}

variable "admin_password" {
  type      = string
  sensitive = true
}
