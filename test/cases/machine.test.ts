import { testCase } from './case.ts';

// A jump host: the machine, its interface, its address, and a subnet with a security group. In Terraform the group meets the
// subnet in an association.
testCase('machine', [
  {
    file: 'main.bicep',
    found: [
      ['network/management-ports', "'Internet'"],
      ['vm/encryption-at-host', "'Microsoft.Compute/virtualMachines@2024-07-01'"],
      ['vm/no-public-ip', 'address.id'],
      ['vm/ssh-keys-only', 'false'],
      ['vm/trusted-launch', "'Microsoft.Compute/virtualMachines@2024-07-01'"],
    ],
  },
  {
    file: 'azuredeploy.json',
    found: [
      ['network/management-ports', '"Internet"'],
      ['vm/encryption-at-host', '"Microsoft.Compute/virtualMachines"'],
      ['vm/no-public-ip', `"[resourceId('Microsoft.Network/publicIPAddresses', 'jump-ip')]"`],
      ['vm/ssh-keys-only', 'false'],
      ['vm/trusted-launch', '"Microsoft.Compute/virtualMachines"'],
    ],
  },
  {
    file: 'main.tf',
    found: [
      ['network/management-ports', '"Internet"'],
      ['vm/encryption-at-host', 'resource "azurerm_linux_virtual_machine" "jump"'],
      ['vm/no-public-ip', 'azurerm_public_ip.jump.id'],
      ['vm/ssh-keys-only', 'false'],
      ['vm/trusted-launch', 'resource "azurerm_linux_virtual_machine" "jump"'],
    ],
  },
]);
