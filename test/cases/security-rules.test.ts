import { testCase } from './case.ts';

// The rules of a security group are made by a loop over data: `for`, `copy`, or a `dynamic` block. The finding stands on the
// datum, and only on the one at fault.
testCase('security-rules', [
  { file: 'main.bicep', found: [['network/management-ports', "'*'"]] },
  { file: 'azuredeploy.json', found: [['network/management-ports', '"*"']] },
  { file: 'main.tf', found: [['network/management-ports', '"*"']] },
]);
