import { describe, expect, test } from 'vitest';
import { Analysis } from '../../../engine/analysis/analysis.ts';
import { editsOf } from '../../../engine/analysis/apply-fix.ts';
import type { FixPlan } from '../../../engine/check/fix.ts';
import { applyEdits } from '../../../engine/text/edit.ts';
import { compiled } from '../../rules/judge.ts';

/** The plans for one rule over one file, and what they make of it. */
function fixOf(name: string, text: string, rule: string): { plans: readonly FixPlan[]; fixed: string } {
  const uri = `file:///w/${name}`;
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const result = analysis.lint({
    snapshot: {
      file: (asked) => (asked === uri ? { kind: 'text', text } : { kind: 'absent' }),
      list: () => ({ kind: 'entries', files: [name], folders: [] }),
    },
    files: [uri],
    folder: 'file:///w/',
    profile: 'all',
    rules: [rule],
    today: '2026-01-01',
  });
  const [finding] = result.findings;
  const plans = finding === undefined ? [] : result.fixesOf(finding);
  const edits = editsOf(plans, 'use', { textOf: () => text, answer: (ask) => ask.example });
  if (edits.kind === 'refused') throw new Error(edits.reason);
  return { plans, fixed: applyEdits(text, edits.files[0]?.edits ?? []) };
}

const bicep = (version: string): string => `resource account 'Microsoft.Storage/storageAccounts@${version}' = {
  name: 'stx'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    supportsHttpsTrafficOnly: true
  }
}
`;

describe('a fix that the API version does not know yet', () => {
  test('raises it to the nearest stable version that has the property', () => {
    const { plans, fixed } = fixOf('main.bicep', bicep('2018-11-01'), 'storage/shared-key-disabled');
    expect(fixed).toContain('storageAccounts@2019-04-01');
    expect(fixed).toContain('allowSharedKeyAccess: false');
    expect(plans.map(({ raises }) => raises.map(({ from, to }) => [from, to]))).toEqual([
      [['2018-11-01', '2019-04-01']],
    ]);
    expect(plans[0]?.effect).not.toBe('neutral');
    expect(plans[0]?.note).toMatch(/API version 2018-11-01 does not have this property, 2019-04-01 does\./);
  });

  test('tells which defaults change on the way', () => {
    const text = bicep('2018-11-01').replace('supportsHttpsTrafficOnly: true', 'isHnsEnabled: false');
    const { plans } = fixOf('main.bicep', text, 'storage/shared-key-disabled');
    expect(plans[0]?.raises[0]?.changes).toContain('properties.supportsHttpsTrafficOnly false → true');
  });

  test('leaves a version alone that has it, and one newer than all that are known', () => {
    for (const version of ['2019-04-01', '2023-05-01', '2099-01-01']) {
      const { plans, fixed } = fixOf('main.bicep', bicep(version), 'storage/shared-key-disabled');
      expect(plans[0]?.raises).toEqual([]);
      expect(fixed).toContain(`storageAccounts@${version}'`);
    }
  });

  test('works where azapi writes the version', () => {
    const text = `resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2018-11-01"
  name      = "stx"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
  body = {
    properties = {
      supportsHttpsTrafficOnly = true
    }
  }
}
`;
    const { fixed } = fixOf('main.tf', text, 'storage/shared-key-disabled');
    expect(fixed).toContain('"Microsoft.Storage/storageAccounts@2019-04-01"');
    expect(fixed).toContain('allowSharedKeyAccess');
  });

  test('works where a template writes the version', () => {
    const text = (version: string, more: string): string => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": ${version},
      "name": "stx",
      "kind": "StorageV2",
      "properties": { "supportsHttpsTrafficOnly": true${more} }
    }
  ]
}
`;
    const { fixed } = fixOf('azuredeploy.json', text('"2018-11-01"', ''), 'storage/shared-key-disabled');
    expect(fixed).toBe(text('"2019-04-01"', ', "allowSharedKeyAccess": false'));
    const computed = text(`"[concat('2018', '-11-01')]"`, '');
    expect(fixOf('azuredeploy.json', computed, 'storage/shared-key-disabled').plans).toEqual([]);
  });

  test('works where the type of a template has the version', () => {
    const text = (version: string, more: string): string => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "languageVersion": "2.0",
  "resources": {
    "account": {
      "type": "Microsoft.Storage/storageAccounts@${version}",
      "name": "stx",
      "kind": "StorageV2",
      "properties": { "supportsHttpsTrafficOnly": true${more} }
    }
  }
}
`;
    const { fixed } = fixOf('azuredeploy.json', text('2018-11-01', ''), 'storage/shared-key-disabled');
    expect(fixed).toBe(text('2019-04-01', ', "allowSharedKeyAccess": false'));
  });

  test('is not offered where the version cannot be changed at its place', () => {
    const text = `variable "version" {
  default = "2018-11-01"
}
resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@\${var.version}"
  name      = "stx"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
  body      = { properties = { allowSharedKeyAccess = true } }
}
`;
    expect(fixOf('main.tf', text, 'storage/shared-key-disabled').plans).toEqual([]);
  });
});
