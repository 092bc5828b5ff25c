import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Data } from '../../engine/functions/data.ts';
import { compileServices } from '../../engine/responsibility/compile-services.ts';
import { layers } from '../../engine/responsibility/layers.ts';
import { dutyOf, responsibilities } from '../../engine/responsibility/services.ts';

const repository = join(import.meta.dirname, '../..');
const { services } = compileServices(parse(readFileSync(join(repository, 'rules/services.yaml'), 'utf8')) as Data);
const of = responsibilities(services);

/** Resource types that the YAML files below a folder name, each with a file that does. */
function typesNamedIn(folder: string): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const name of readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yaml') || name === 'services.yaml') continue;
    const text = readFileSync(join(repository, folder, name), 'utf8');
    for (const [, type = ''] of text.matchAll(/\b(Microsoft\.[A-Za-z.]+(?:\/[A-Za-z][A-Za-z0-9]*)+)\b/g))
      types.set(type, name);
  }
  return types;
}

/** Operations on resources and their permissions are written like types. */
const isOperation =
  /\/(?:read|write|delete|action|register|joinLoadBalancer)$|^Microsoft\.[A-Za-z]+\/(?:locations|operations)/i;

/** Written like types, and none: a feature of a subscription, a JSON schema, a scope, a delegation of subnets. */
const others = new Set([
  'microsoft.compute/encryptionathost',
  'microsoft.logic/schemas',
  'microsoft.resources/tenants',
  'microsoft.netapp/volumes',
]);

describe('services', () => {
  test('know at least 450 resource types', () => {
    expect(services.services.reduce((sum, { types }) => sum + types.length, 0)).toBeGreaterThanOrEqual(450);
  });

  test.each(['rules', 'facts', 'lens', 'examples'])('know every resource type that %s name', (folder) => {
    const unknown = [...typesNamedIn(folder)].filter(
      ([type]) => !isOperation.test(type) && !others.has(type.toLowerCase()) && of(type).service === undefined,
    );
    expect(unknown).toEqual([]);
  });

  test('say of every layer what shows what code cannot', () => {
    expect(Object.keys(services.beyondCode)).toEqual([...layers]);
  });

  test('hold data where data lies, and not in what only belongs to it', () => {
    expect(of('Microsoft.Storage/storageAccounts/blobServices/containers').holdsData).toBe(true);
    expect(of('Microsoft.Storage/storageAccounts/managementPolicies').holdsData).toBe(false);
    expect(of('Microsoft.Sql/servers/firewallRules').holdsData).toBe(false);
    expect(of('Microsoft.Sql/servers/databases/schemas').holdsData).toBe(true);
  });

  test('tell who keeps the system below', () => {
    expect(of('Microsoft.ContainerService/managedClusters/agentPools').owners['operating-system']).toBe('shared');
    expect(of('Microsoft.Compute/hostGroups/hosts').owners.hosts).toBe('shared');
    expect(of('Microsoft.Compute/virtualMachines').owners.hosts).toBe('microsoft');
    expect(of('Microsoft.DataFactory/factories/integrationRuntimes').owners['operating-system']).toBe('shared');
    expect(of('Microsoft.DataFactory/factories/pipelines').owners['operating-system']).toBe('microsoft');
    expect(of('Microsoft.Sql/managedInstances').owners['network-controls']).toBe('customer');
    expect(of('Microsoft.HybridCompute/machines').owners.datacentre).toBe('customer');
    expect(dutyOf(of('Microsoft.Network/virtualNetworks'), 'network-controls')).toBe('customer');
  });
});
