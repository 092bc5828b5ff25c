// The SARIF report against the schema of OASIS, which a package of Microsoft's carries.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { account, Workbench } from '../cli/run.ts';

const bench = new Workbench();
const carried = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const { id, $schema, ...schema } = JSON.parse(readFileSync(carried, 'utf8'));
// The schema is of draft 4 with patterns that are no Unicode ones; what it demands is checked all the same.
const options = { strict: false, validateSchema: false, validateFormats: false, unicodeRegExp: false, allErrors: true };
const validate = new Ajv(options).compile(schema);

function sarif(...args: readonly string[]) {
  const { out } = bench.run('lint', '--format', 'sarif', ...args);
  const log = JSON.parse(out);
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

describe('SARIF', () => {
  it('is valid with nothing to tell', () => {
    bench.write({ 'main.bicep': account('supportsHttpsTrafficOnly: true') });
    expect(sarif().results).toEqual([]);
  });

  it('is valid, and complete, with everything that there is to tell', () => {
    bench.write({
      'é ü/main.bicep': `param https bool = false\n${account('supportsHttpsTrafficOnly: https')}`,
      'caller.bicep': "module m 'modules/m.bicep' = {\n  name: 'm'\n  params: { https: false }\n}\n",
      'modules/m.bicep': `param https bool\n${account('supportsHttpsTrafficOnly: https')}`,
      'accepted.bicep': `// demarc:ignore storage/secure-transfer -- old meters\n${account('supportsHttpsTrafficOnly: false')}`,
      'torn.bicep': 'param = 1\n',
      'gone.bicep': "module gone './nowhere.bicep' = { name: 'gone' }\n// demarc:ignore nothing -- x\n",
      'main.tf': 'resource "azurerm_storage_account" "a" {\n  name = "a"\n  https_traffic_only_enabled = false\n}\n',
    });
    const run = sarif('--show', 'may-fail');
    expect(run.invocations[0].executionSuccessful).toBe(false);
    const byUri = new Map<string, (typeof run.results)[number]>();
    for (const result of run.results) {
      if (result.ruleId === 'storage/secure-transfer')
        byUri.set(result.locations[0].physicalLocation.artifactLocation.uri, result);
    }
    expect([...byUri.keys()].sort()).toEqual([
      '%C3%A9%20%C3%BC/main.bicep',
      'accepted.bicep',
      'caller.bicep',
      'main.tf',
    ]);
    const travelled = byUri.get('caller.bicep');
    expect(travelled.codeFlows[0].threadFlows[0].locations.length).toBeGreaterThan(1);
    expect(travelled.relatedLocations.length).toBeGreaterThan(0);
    expect(travelled.partialFingerprints['demarc/v1']).toMatch(/^[0-9a-f]{16}$/);
    expect(travelled.fixes[0].artifactChanges).toHaveLength(1);
    expect(byUri.get('accepted.bicep').suppressions).toEqual([{ kind: 'inSource', justification: 'old meters' }]);
    const rule = run.tool.driver.rules[travelled.ruleIndex];
    expect(rule.id).toBe('storage/secure-transfer');
    const names = run.taxonomies.map(({ name }: { readonly name: string }) => name);
    for (const { target } of rule.relationships) {
      expect(names[target.toolComponent.index]).toBe(target.toolComponent.name);
      expect(run.taxonomies[target.toolComponent.index].taxa[target.index].id).toBe(target.id);
    }
    expect(names).toContain('Microsoft cloud security benchmark');
  });
});
