import { testCase } from './case.ts';

// Accounts that a loop makes, of which one lets every network in; with azurerm what says so is a resource of its own that
// loops over the accounts.
testCase('storage-networks', [
  { file: 'main.bicep', found: [['storage/firewall-default-deny', "'Allow'"]] },
  { file: 'azuredeploy.json', found: [['storage/firewall-default-deny', '"Allow"']] },
  { file: 'main.tf', found: [['storage/firewall-default-deny', '"Allow"']] },
  { file: 'azapi.tf', found: [['storage/firewall-default-deny', '"Allow"']] },
]);
