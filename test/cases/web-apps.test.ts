import { testCase } from './case.ts';

// A Linux and a Windows app: in Terraform two resource types, in Azure one that `kind` tells apart. The older TLS stands in
// the site itself, in a child of the site, and in a block.
testCase('web-apps', [
  {
    file: 'main.bicep',
    found: [
      ['appservice/https-only', "'Microsoft.Web/sites@2023-12-01'"],
      ['appservice/https-only', 'false'],
      ['appservice/min-tls', "'1.0'"],
      ['appservice/min-tls', "'1.1'"],
    ],
  },
  {
    file: 'azuredeploy.json',
    found: [
      ['appservice/https-only', '"Microsoft.Web/sites"'],
      ['appservice/https-only', 'false'],
      ['appservice/min-tls', '"1.0"'],
      ['appservice/min-tls', '"1.1"'],
    ],
  },
  {
    file: 'main.tf',
    found: [
      ['appservice/https-only', 'resource "azurerm_linux_web_app" "shop"'],
      ['appservice/https-only', 'false'],
      ['appservice/min-tls', '"1.0"'],
      ['appservice/min-tls', '"1.1"'],
    ],
  },
  {
    file: 'azapi.tf',
    found: [
      ['appservice/https-only', 'resource "azapi_resource" "shop"'],
      ['appservice/https-only', 'false'],
      ['appservice/min-tls', '"1.0"'],
      ['appservice/min-tls', '"1.1"'],
    ],
  },
]);
