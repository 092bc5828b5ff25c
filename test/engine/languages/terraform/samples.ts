/** Texts that use the whole syntax, for properties and comparisons. Each is valid. */
export const samples: readonly string[] = [
  `# A comment
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0" // inline
    }
  }
}

variable "location" { type = string }

resource "azurerm_storage_account" "main" {
  count                    = var.enabled ? 1 : 0
  name                     = "st${'$'}{var.name}${'$'}{format("%03d", count.index + 1)}"
  https_traffic_only_enabled = true
  tags = { environment = "test", "cost-centre" : 42, (var.key) = local.tags["a"], 7 = null }

  network_rules {
    default_action = "Deny"
    ip_rules       = [for r in var.rules : r.address if r.kind == "ip"]
  }

  dynamic "blob_properties" {
    for_each = var.blob[*]
    content { versioning_enabled = blob_properties.value.versioning }
  }

  lifecycle {
    ignore_changes = [
      tags, /* changed by
      policy */
      name,
    ]
  }
}
`,
  String.raw`locals {
  conditional = x ? y : z ? -1 : !b
  precedence  = 1 + 2 * 3 - 4 / 5 % 6 == 7 && 8 != 9 || 1.5e3 <= -2 && a >= b
  escapes     = "x${'$$'}{y}%%{z} \n \"q\" \\ \u00e9 \U0001F600 $ % $$ 100%"
  legacy      = a.b[0].c["d"].*.e.0.f[*].g[*][1].h
  called      = provider::ns::f(a, [1, 2,]...)
  spread      = f(
    a, # one
    b
  )[0]
  grouped = { for k, v in m : k => v... if v }
  in-name = (a) ? (b) : -(-c)
  lines = [
    1,
    (
      2 /* two */ +
      3
    ), {
      d.e = { "f-${'$'}{g}" = h }
    },
    <<A
x
A
    , []
  ]
}
empty {}
labels "one" two "th\"ree" { a = 1 }
`,
  `a = <<EOT
  line \${x}
    more $\${y} %%{z}
  %{ if a ~}
  yes
  %{~ else }
  no
  %{ endif }
EOT
b = <<-EOT
    one
      two \${"three \${four}"}

    five
  EOT
c = "%{ if a }x%{ else }y%{ endif }%{ for k, v in m ~}\${k}=\${v}%{~ endfor }"
d = "\${ {a = 1}.a } \${[for a in b : a][0]} \${
  x # comment
}"
e = [
<<-X
  \${ a ~}
   b
  X
, 1]
`,
  '\ufeffa = 1\r\nb {\r\n  c = <<-E\r\n    x\r\n    y\r\n  E\r\n}\r\nétat_ñ = "ü"\r\n',
  'name = "demo"\nsubnets = {\n  a = ["10.0.0.0/24"]\n}\nenabled = true',
];
