import { describe, expect, it } from 'vitest';
import { array, choice, object, reference, scalar, unknown } from '../../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../../engine/estate/origin.ts';
import type { Resource } from '../../../../engine/estate/resource.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import type { TerraformInstance } from '../../../../engine/languages/terraform/instance.ts';
import { applyLens, type LensResult } from '../../../../engine/languages/terraform/lens.ts';
import { compileLens } from '../../../../engine/languages/terraform/lens-compile.ts';
import { instance, read, shown, uri, type Written } from './instances.ts';

const account = 'Microsoft.Storage/storageAccounts';
const lens = compileLens({
  azurerm_storage_account: {
    type: account,
    apiVersion: { '3': '2023-01-01', '4': '2023-05-01' },
    constants: { kind: 'StorageV2' },
    attributes: {
      https_traffic_only_enabled: {
        to: 'properties.supportsHttpsTrafficOnly',
        default: true,
        was: { enable_https_traffic_only: '<4.0.0' },
      },
      public_access: { to: 'properties.allowBlobPublicAccess', default: { '<5.0.0': true, '>=5.0.0': false } },
      min_tls_version: 'properties.minimumTlsVersion',
      shared_key_disabled: { to: 'properties.allowSharedKeyAccess', not: true },
      public_network_access_enabled: {
        to: 'properties.publicNetworkAccess',
        map: { true: 'Enabled', false: 'Disabled' },
        default: true,
      },
      'network_rules.default_action': 'properties.networkAcls.defaultAction',
      'network_rules.bypass': { to: 'properties.networkAcls.bypass', join: ', ', default: ['AzureServices'] },
      'network_rules.ip_rules': 'properties.networkAcls.ipRules[].value',
      key_id: 'properties.encryption.keyVaultProperties.keyIdentifier',
      blob_properties: {
        child: `${account}/blobServices`,
        name: { constant: 'default' },
        attributes: { versioning_enabled: 'properties.isVersioningEnabled' },
      },
      cors_rule: {
        each: 'properties.cors.rules[]',
        attributes: { allowed_origins: 'origins', max: { to: 'max', default: 5 } },
      },
      defender: { present: { 'properties.defender': true }, absent: { 'properties.defender': false } },
    },
    derived: {
      'properties.mode': [
        { when: { https_traffic_only_enabled: true }, value: 'secure' },
        { when: { min_tls_version: { exists: true } }, value: 'half' },
      ],
    },
  },
  azurerm_storage_account_network_rules: {
    into: { type: account, by: 'storage_account_id' },
    attributes: {
      default_action: 'properties.networkAcls.defaultAction',
      ip_rules: 'properties.networkAcls.ipRules[].value',
      private_link: 'properties.networkAcls.resourceAccessRules',
    },
  },
  azurerm_storage_container: {
    type: `${account}/blobServices/containers`,
    parent: [
      { attribute: 'storage_account_id', between: ['default'] },
      { byName: 'storage_account_name', between: ['default'] },
    ],
    attributes: {
      container_access_type: {
        to: 'properties.publicAccess',
        map: { private: 'None', blob: 'Blob', container: 'Container' },
      },
    },
  },
  azurerm_subnet: {
    type: 'Microsoft.Network/virtualNetworks/subnets',
    parent: { byName: 'virtual_network_name' },
    attributes: { address_prefixes: 'properties.addressPrefixes' },
  },
  azurerm_subnet_network_security_group_association: {
    link: {
      type: 'Microsoft.Network/virtualNetworks/subnets',
      from: 'subnet_id',
      path: 'properties.networkSecurityGroup.id',
      value: 'network_security_group_id',
    },
  },
});

const origin = sourceOrigin(uri, 1, 2);

function apply(...instances: TerraformInstance[]): LensResult {
  return applyLens(instances, lens);
}

function storage(body: { readonly [key: string]: Written }, provider?: string): Value {
  const made = instance(
    'azurerm_storage_account',
    { name: 'acc', ...body },
    provider === undefined ? {} : { provider },
  );
  const resource = apply(made).resourceOf(made);
  if (resource === undefined) throw new Error('no resource');
  return resource.body;
}

/** A reference that is resolved when it is asked for, as the evaluator makes it. */
function idOf(target: TerraformInstance, result: () => LensResult): () => Value {
  return () => {
    const resource = result().resourceOf(target);
    if (resource === undefined) return unknown('unsupported', 'no resource', origin);
    return reference({ kind: 'resource', resource }, ['id'], origin);
  };
}

function withMember(base: TerraformInstance, name: string, member: () => Value): TerraformInstance {
  const members = new Map(base.body.keys().map((key) => [key, (): Value => base.body.get(key)] as const));
  members.set(name, member);
  return { ...base, body: object(members, base.body.origin) };
}

describe('reading attributes through the lens', () => {
  it('puts values where Azure has them, with the place where they are written', () => {
    const written = scalar('TLS1_0', sourceOrigin(uri, 40, 48));
    const value = read(storage({ min_tls_version: written }), 'properties.minimumTlsVersion');
    expect(value).toEqual(written);
  });

  it('reads older names of an attribute', () => {
    expect(shown(read(storage({ enable_https_traffic_only: false }), 'properties.supportsHttpsTrafficOnly'))).toBe(
      false,
    );
    expect(shown(read(storage({ https_traffic_only_enabled: false }), 'properties.supportsHttpsTrafficOnly'))).toBe(
      false,
    );
  });

  it("takes the provider's default, found at the header, for what is absent or null", () => {
    for (const body of [{}, { https_traffic_only_enabled: null }]) {
      const value = read(storage(body), 'properties.supportsHttpsTrafficOnly');
      expect(shown(value)).toBe(true);
      expect(value.origin).toMatchObject({ kind: 'default', by: 'provider' });
    }
    expect(read(storage({}), 'properties.supportsHttpsTrafficOnly').origin).toMatchObject({ start: 0, end: 10 });
  });

  it('is absent where a row has neither value nor default, and unknown where there is no row', () => {
    const body = storage({});
    expect(shown(read(body, 'properties.minimumTlsVersion'))).toBe('absent');
    expect(shown(read(body, 'properties.somethingElse'))).toBe('unknown: lens');
    expect(shown(read(body, 'sku'))).toBe('unknown: lens');
    expect(shown(read(body, 'kind'))).toBe('StorageV2');
    expect(shown(read(body, 'location'))).toBe('absent');
  });

  it.each([
    ['~> 3.0', true],
    ['~> 5.0', false],
    [undefined, false],
    ['>= 4.0', { 'azurerm <5.0.0 | >=5.0.0': [true, false] }],
  ])('takes the default of the provider version %s', (provider, expected) => {
    expect(shown(read(storage({}, provider), 'properties.allowBlobPublicAccess'))).toEqual(expected);
  });

  it('translates values', () => {
    const body = storage({
      shared_key_disabled: true,
      public_network_access_enabled: false,
      network_rules: [{ default_action: 'Deny', bypass: ['Logging', 'Metrics'], ip_rules: ['1.2.3.4'] }],
    });
    expect(shown(read(body, 'properties.allowSharedKeyAccess'))).toBe(false);
    expect(shown(read(body, 'properties.publicNetworkAccess'))).toBe('Disabled');
    expect(shown(read(body, 'properties.networkAcls'))).toEqual({
      defaultAction: 'Deny',
      bypass: 'Logging, Metrics',
      ipRules: [{ value: '1.2.3.4' }],
    });
  });

  it('keeps unknowns and choices, and translates each alternative', () => {
    const condition = { id: 'prod', alternatives: ['prod', 'not prod'] };
    const body = storage({
      min_tls_version: unknown('parameter', 'no value', origin, 'var.tls'),
      public_network_access_enabled: choice(condition, [scalar(false, origin), scalar(null, origin)], origin),
    });
    expect(shown(read(body, 'properties.minimumTlsVersion'))).toBe('unknown: parameter');
    expect(shown(read(body, 'properties.publicNetworkAccess'))).toEqual({ prod: ['Disabled', 'Enabled'] });
  });

  it('evaluates nothing before it is asked for', () => {
    const made = withMember(instance('azurerm_storage_account', { name: 'a' }), 'min_tls_version', () => {
      throw new Error('evaluated');
    });
    const result = apply(made);
    expect(shown(read(result.resourceOf(made)?.body ?? origin0, 'properties.supportsHttpsTrafficOnly'))).toBe(true);
    expect(() => read(result.resourceOf(made)?.body ?? origin0, 'properties.minimumTlsVersion')).toThrow('evaluated');
  });
});

const origin0: Value = scalar(null, origin);

describe('blocks', () => {
  it('leave out their defaults and the object around them where they are not written', () => {
    const body = storage({});
    expect(shown(read(body, 'properties.networkAcls'))).toBe('absent');
    expect(shown(read(body, 'properties.networkAcls.bypass'))).toBe('absent');
    expect(shown(read(body, 'properties.encryption'))).toBe('absent');
    expect(shown(read(storage({ network_rules: [] }), 'properties.networkAcls.bypass'))).toBe('absent');
  });

  it('have their defaults where they are', () => {
    const body = storage({ network_rules: [{ default_action: 'Deny' }] });
    expect(shown(read(body, 'properties.networkAcls.bypass'))).toBe('AzureServices');
    expect(shown(read(body, 'properties.networkAcls.other'))).toBe('unknown: lens');
  });

  it('that may or may not be there are unknown', () => {
    const open = unknown('parameter', 'how many', origin);
    const body = storage({ network_rules: array([], origin, open) });
    expect(shown(read(body, 'properties.networkAcls.defaultAction'))).toBe('unknown: parameter');
  });

  it('in a list are items, with the defaults of each', () => {
    const body = storage({ cors_rule: [{ allowed_origins: ['*'] }, { allowed_origins: ['a'], max: 1 }] });
    expect(shown(read(body, 'properties.cors.rules'))).toEqual([
      { origins: ['*'], max: 5 },
      { origins: ['a'], max: 1 },
    ]);
    expect(shown(read(storage({}), 'properties.cors.rules'))).toBe('absent');
    const open = array([], origin, unknown('parameter', 'how many', origin));
    expect(shown(read(storage({ cors_rule: open }), 'properties.cors.rules'))).toEqual(['…']);
  });

  it('say something by being there', () => {
    expect(shown(read(storage({}), 'properties.defender'))).toBe(false);
    expect(shown(read(storage({ defender: [{}] }), 'properties.defender'))).toBe(true);
  });

  it('that are child resources have the account as parent', () => {
    const result = apply(
      instance('azurerm_storage_account', { name: 'acc', blob_properties: [{ versioning_enabled: true }] }),
    );
    const child = result.resources().find((each) => each.type === `${account}/blobServices`);
    expect(child?.parent?.type).toBe(account);
    expect(child?.names.map(shown)).toEqual(['acc', 'default']);
    expect(shown(read(child?.body ?? origin0, 'properties.isVersioningEnabled'))).toBe(true);
  });
});

describe('values that follow from others', () => {
  it('take the first row whose condition holds, defaults included', () => {
    expect(shown(read(storage({}), 'properties.mode'))).toBe('secure');
    expect(shown(read(storage({ enable_https_traffic_only: false, min_tls_version: 'x' }), 'properties.mode'))).toBe(
      'half',
    );
    expect(shown(read(storage({ https_traffic_only_enabled: false }), 'properties.mode'))).toBe('absent');
  });

  it('are undecided where the condition is', () => {
    const body = storage({ https_traffic_only_enabled: unknown('parameter', 'no value', origin, 'var.x') });
    expect(read(body, 'properties.mode').kind).toBe('choice');
  });
});

describe('split resources', () => {
  const main = instance('azurerm_storage_account', { name: 'acc' });
  const other = instance('azurerm_storage_account', { name: 'other' }, { name: 'other' });

  function rulesFor(target: () => Value, body: { readonly [key: string]: Written } = { default_action: 'Deny' }) {
    return withMember(instance('azurerm_storage_account_network_rules', body), 'storage_account_id', target);
  }

  it('configure what they refer to, and nothing else', () => {
    let result: LensResult | undefined;
    const split = rulesFor(idOf(main, () => result ?? apply()));
    result = apply(main, other, split);
    expect(result.resources().map((each) => each.address)).toEqual([
      'azurerm_storage_account.main',
      'azurerm_storage_account.other',
    ]);
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.defaultAction'))).toBe('Deny');
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.resourceAccessRules'))).toBe('absent');
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.other'))).toBe('unknown: lens');
    expect(shown(read(bodyOf(result, other), 'properties.networkAcls.defaultAction'))).toBe('absent');
    expect(shown(read(bodyOf(result, other), 'properties.networkAcls.resourceAccessRules'))).toBe('absent');
    expect(shown(read(bodyOf(result, main), 'properties.supportsHttpsTrafficOnly'))).toBe(true);
  });

  it('join by a literal id and by name', () => {
    const id = (name: string) => scalar(`/subscriptions/s/resourceGroups/g/providers/${account}/${name}`, origin);
    const result = apply(
      main,
      other,
      rulesFor(() => id('ACC')),
    );
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.defaultAction'))).toBe('Deny');
    expect(shown(read(bodyOf(result, other), 'properties.networkAcls'))).toBe('absent');
  });

  it('with an unknown target leave what they write undetermined, and stand alone', () => {
    const result = apply(
      main,
      rulesFor(() => unknown('data', 'an id', origin)),
    );
    const body = bodyOf(result, main);
    expect(shown(read(body, 'properties.networkAcls.defaultAction'))).toBe('unknown: data');
    expect(shown(read(body, 'properties.supportsHttpsTrafficOnly'))).toBe(true);
    const alone = result.resources().find((each) => each.partial === true);
    expect(alone?.type).toBe(account);
    expect(shown(read(alone?.body ?? origin0, 'properties.networkAcls.defaultAction'))).toBe('Deny');
    expect(shown(read(alone?.body ?? origin0, 'properties.networkAcls.ipRules'))).toBe('unknown: lens');
    expect(shown(read(alone?.body ?? origin0, 'properties.minimumTlsVersion'))).toBe('unknown: lens');
  });

  it('that exist under a condition make a choice', () => {
    const condition = { id: 'on', alternatives: ['on', 'off'] };
    const exists = choice(condition, [scalar(true, origin), scalar(false, origin)], origin);
    let result: LensResult | undefined;
    const split = { ...rulesFor(idOf(main, () => result ?? apply())), exists };
    result = apply(main, split);
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.defaultAction'))).toEqual({
      on: ['Deny', 'absent'],
    });
  });

  it('that choose their target are decided by the same condition', () => {
    let result: LensResult | undefined;
    const condition = { id: 'on', alternatives: ['on', 'off'] };
    const target = (): Value => {
      const to = (each: TerraformInstance): Value => idOf(each, () => result ?? apply())();
      return choice(condition, [to(main), to(other)], origin);
    };
    result = apply(main, other, rulesFor(target));
    expect(shown(read(bodyOf(result, main), 'properties.networkAcls.defaultAction'))).toEqual({
      on: ['Deny', 'absent'],
    });
    expect(shown(read(bodyOf(result, other), 'properties.networkAcls.defaultAction'))).toEqual({
      on: ['absent', 'Deny'],
    });
  });

  it('give way to what the resource itself says', () => {
    let result: LensResult | undefined;
    const own = instance('azurerm_storage_account', { name: 'acc', network_rules: [{ default_action: 'Allow' }] });
    const split = rulesFor(
      idOf(own, () => result ?? apply()),
      { default_action: 'Deny', ip_rules: ['1.1.1.1'] },
    );
    result = apply(own, split);
    expect(shown(read(bodyOf(result, own), 'properties.networkAcls'))).toEqual({
      defaultAction: 'Allow',
      bypass: 'AzureServices',
      ipRules: [{ value: '1.1.1.1' }],
    });
  });

  it('associations link what they refer to; without one there is certainly nothing', () => {
    let result: LensResult | undefined;
    const subnet = instance('azurerm_subnet', { name: 'a', virtual_network_name: 'net' });
    const lonely = instance('azurerm_subnet', { name: 'b', virtual_network_name: 'net' }, { name: 'lonely' });
    const association = withMember(
      instance('azurerm_subnet_network_security_group_association', { network_security_group_id: 'nsg' }),
      'subnet_id',
      idOf(subnet, () => result ?? apply()),
    );
    result = apply(subnet, lonely, association);
    expect(result.resources().length).toBe(2);
    expect(shown(read(bodyOf(result, subnet), 'properties.networkSecurityGroup'))).toEqual({ id: 'nsg' });
    expect(shown(read(bodyOf(result, lonely), 'properties.networkSecurityGroup'))).toBe('absent');
    expect(shown(read(bodyOf(result, lonely), 'properties.other'))).toBe('unknown: lens');
  });
});

function bodyOf(result: LensResult, of: TerraformInstance): Value {
  return result.resourceOf(of)?.body ?? origin0;
}

describe('parents', () => {
  function container(member: string, value: () => Value): TerraformInstance {
    return withMember(instance('azurerm_storage_container', { name: 'c' }), member, value);
  }

  it('are found through references, with the level between', () => {
    let result: LensResult | undefined;
    const main = instance('azurerm_storage_account', { name: 'acc' });
    const child = container(
      'storage_account_id',
      idOf(main, () => result ?? apply()),
    );
    result = apply(main, child);
    const resource = result.resourceOf(child) as Resource;
    expect(resource.names.map(shown)).toEqual(['acc', 'default', 'c']);
    expect(resource.parent?.type).toBe(`${account}/blobServices`);
    expect(resource.parent?.existing).toBe(true);
    expect(resource.parent?.parent?.address).toBe('azurerm_storage_account.main');
    expect(shown(read(resource.body, 'properties.publicAccess'))).toBe('absent');
  });

  it('are the block that is the level between, where it is written', () => {
    let result: LensResult | undefined;
    const main = instance('azurerm_storage_account', { name: 'acc', blob_properties: [{}] });
    const child = container(
      'storage_account_id',
      idOf(main, () => result ?? apply()),
    );
    result = apply(main, child);
    const blobs = result.resources().find((each) => each.type === `${account}/blobServices`);
    expect(result.resourceOf(child)?.parent).toBe(blobs);
  });

  it('are known by name where the name is written', () => {
    const child = container('storage_account_name', () => scalar('acc', origin));
    expect(apply(child).resourceOf(child)?.names.map(shown)).toEqual(['acc', 'default', 'c']);
  });
});

describe('azapi', () => {
  const type = 'Microsoft.Storage/storageAccounts@2023-01-01';

  it('takes the body as it is written, with arguments of its own beside it', () => {
    const made = instance('azapi_resource', {
      type,
      name: 'acc',
      location: 'westeurope',
      identity: [{ type: 'UserAssigned', identity_ids: ['/a/b'] }],
      body: { kind: 'StorageV2', properties: { supportsHttpsTrafficOnly: false } },
      sensitive_body: { properties: { key: 'k' } },
    });
    const resource = apply(made).resourceOf(made) as Resource;
    expect(resource.type).toBe(account);
    expect(resource.apiVersion).toBe('2023-01-01');
    expect(shown(resource.body)).toEqual({
      kind: 'StorageV2',
      location: 'westeurope',
      identity: { type: 'UserAssigned', userAssignedIdentities: { '/a/b': {} } },
      properties: { supportsHttpsTrafficOnly: false, key: 'k' },
    });
    expect(read(resource.body, 'properties.key').secret).toBe(true);
    expect(shown(read(resource.body, 'properties.minimumTlsVersion'))).toBe('absent');
  });

  it('reads a body of JSON text, with parts that are not known', () => {
    const part = unknown('parameter', 'no value', origin);
    const written = '{"properties":{"a":[1,"x"],"b":null}}';
    const made = instance('azapi_resource', { type, name: 'a', body: written });
    expect(shown(read(apply(made).resourceOf(made)?.body ?? origin0, 'properties'))).toEqual({ a: [1, 'x'], b: null });
    const partly = instance('azapi_resource', {
      type,
      name: 'a',
      body: { kind: 'text', parts: ['{"a":"', part, '","b":"x-', part, '"}'], origin, secret: false },
    });
    const body = apply(partly).resourceOf(partly)?.body ?? origin0;
    expect(shown(read(body, 'a'))).toBe('unknown: parameter');
    expect(read(body, 'b').kind).toBe('text');
  });

  it('finds the parent of a child by its id', () => {
    let result: LensResult | undefined;
    const main = instance('azurerm_storage_account', { name: 'acc' });
    const child = withMember(
      instance('azapi_resource', { type: `${account}/blobServices@2023-01-01`, name: 'default', body: {} }),
      'parent_id',
      idOf(main, () => result ?? apply()),
    );
    result = apply(main, child);
    expect(result.resourceOf(child)?.parent?.address).toBe('azurerm_storage_account.main');
    expect(result.resourceOf(child)?.names.map(shown)).toEqual(['acc', 'default']);
  });

  it('updates what it refers to, whatever that says', () => {
    let result: LensResult | undefined;
    const main = instance('azurerm_storage_account', { name: 'acc', https_traffic_only_enabled: true });
    const update = withMember(
      instance('azapi_update_resource', { type, body: { properties: { supportsHttpsTrafficOnly: false, other: 1 } } }),
      'resource_id',
      idOf(main, () => result ?? apply()),
    );
    result = apply(main, update);
    expect(result.resources().length).toBe(1);
    expect(shown(read(bodyOf(result, main), 'properties.supportsHttpsTrafficOnly'))).toBe(false);
    expect(shown(read(bodyOf(result, main), 'properties.other'))).toBe(1);
    expect(shown(read(bodyOf(result, main), 'properties.publicNetworkAccess'))).toBe('Enabled');
  });
});

describe('what the lens says of a root', () => {
  it('counts types without a table, and takes the API version that the provider speaks', () => {
    const three = instance('azurerm_storage_account', { name: 'a' }, { provider: '~> 3.0' });
    const both = instance('azurerm_storage_account', { name: 'b' }, { provider: '>= 3.0, < 5.0', name: 'both' });
    const result = apply(three, both, instance('azurerm_x', {}), instance('azurerm_x', {}), instance('random_id', {}));
    expect([...result.unmapped]).toEqual([['azurerm_x', 2]]);
    expect(result.resourceOf(three)?.apiVersion).toBe('2023-01-01');
    expect(result.resourceOf(both)?.apiVersion).toBeUndefined();
  });
});
