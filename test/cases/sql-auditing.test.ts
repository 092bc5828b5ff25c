import { testCase } from './case.ts';

// Auditing is a resource of its own: switched off for one server, missing for another, and joined to the servers of a loop.
// With azapi the author has to name a new resource, so that the missing one has no fix there.
testCase('sql-auditing', [
  {
    file: 'main.bicep',
    found: [
      ['sql/auditing', "'Microsoft.Sql/servers@2023-08-01'"],
      ['sql/auditing-enabled', "'Disabled'"],
    ],
  },
  {
    file: 'azuredeploy.json',
    found: [
      ['sql/auditing', '"Microsoft.Sql/servers"'],
      ['sql/auditing-enabled', '"Disabled"'],
    ],
  },
  {
    file: 'main.tf',
    found: [
      ['sql/auditing', 'resource "azurerm_mssql_server" "archive"'],
      ['sql/auditing-enabled', 'false'],
    ],
  },
  { file: 'azapi.tf', found: [['sql/auditing-enabled', '"Disabled"']] },
]);
