import { expect, it } from 'vitest';
import { mayHaveTargets } from '../../../engine/analysis/targets.ts';

const head = 'resource x';

it.each([
  ['main.bicep', `var t = loadJsonContent('t.json')`],
  ['main.bicep', `var t = json(loadTextContent('t.json'))`],
  ['main.bicep', `module m 'm.bicep' = {}`],
  ['main.tf', 'resource "azurerm_resource_group_template_deployment" "t" {}'],
  ['main.tf', 'module "m" {}'],
])('a glance at %s sees that it may lead elsewhere: %s', (name, text) => {
  expect(mayHaveTargets(`file:///work/${name}`, text)).toBe(true);
  expect(mayHaveTargets(`file:///work/${name}`, head)).toBe(false);
});
