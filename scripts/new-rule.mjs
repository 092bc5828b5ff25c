// Writes the skeleton of a rule: npm run new-rule -- storage/secure-transfer [Microsoft.Storage/storageAccounts]

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** The text of a rule that is still to be thought out: it compiles, and its examples fail until they are written. */
export function skeleton(type) {
  return `title: What is so when all is well
# Layers, concerns and which go together: rules/services.yaml. Severities: docs/severity.md.
layer: network-controls
concern: exposure
severity: medium
# recommended: wrong for nearly everyone, and can be judged surely. strict: hardening that has a cost. all: the rest.
profiles: [strict]
resource: ${type}
require:
  properties.publicNetworkAccess: { equals: Disabled }
message: >-
  What is wrong here, and why that matters.
  What to do about it.
fix:
  title: Do what is to be done
  # neutral, behaviour, cost or replaces; all but the first need a note.
  effect: behaviour
  note: >-
    What may happen when it is done.
  set: { properties.publicNetworkAccess: Disabled }
why: >
  What goes wrong without it. Whose job it is. What can break when it is turned on.
references:
  policy: []
  mcsb: []
  aliases: []
  links: []
examples:
  - bicep:
      bad: |
        param location string = resourceGroup().location

        resource example '${type}@2023-05-01' = {
          name: 'example-\${uniqueString(resourceGroup().id)}'
          location: location
          properties: {
            publicNetworkAccess: 'Enabled'
          }
        }
      good: |
        param location string = resourceGroup().location

        resource example '${type}@2023-05-01' = {
          name: 'example-\${uniqueString(resourceGroup().id)}'
          location: location
          properties: {
            publicNetworkAccess: 'Disabled'
          }
        }
  - terraform:
      bad: |
        resource "azapi_resource" "example" {
          type      = "${type}@2023-05-01"
          name      = "example"
          parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-example"
          location  = "westeurope"

          body = {
            properties = {
              publicNetworkAccess = "Enabled"
            }
          }
        }
      good: |
        resource "azapi_resource" "example" {
          type      = "${type}@2023-05-01"
          name      = "example"
          parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-example"
          location  = "westeurope"

          body = {
            properties = {
              publicNetworkAccess = "Disabled"
            }
          }
        }
`;
}

function main([id, type = 'Microsoft.Example/things']) {
  if (id === undefined || !idPattern.test(id)) return 'Name the rule: npm run new-rule -- service/name [Resource/type]';
  const file = join(repository, 'rules', `${id}.yaml`);
  if (existsSync(file)) return `rules/${id}.yaml is there already.`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, skeleton(type));
  console.log(
    `Wrote rules/${id}.yaml. Say what absence means in facts/, which attributes there are in lens/, then run`,
  );
  console.log('npx vitest run test/rules test/lens');
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = main(process.argv.slice(2));
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 2;
  }
}
