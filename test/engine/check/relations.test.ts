import { describe, expect, it } from 'vitest';
import { check, either, estate, idOf, openObject, resource, rule, unset, verdictOf, type Written } from './estates.ts';

const server = (parts = {}) => resource('Microsoft.Sql/servers', {}, { name: 'sql', ...parts });
const auditing = (parent: ReturnType<typeof server>, state: unknown, parts = {}) =>
  resource(
    'Microsoft.Sql/servers/auditingSettings',
    { properties: { state } as never },
    { parent, name: 'default', ...parts },
  );
const audited = {
  resource: 'Microsoft.Sql/servers',
  require: { child: { type: 'auditingSettings', require: { 'properties.state': { equals: 'Enabled' } } } },
};
const module = { uri: 'file:///main.bicep', start: 0, end: 1, reference: 'br:x', message: 'No.', command: undefined };

describe('what refers to something below a resource', () => {
  const logged = {
    resource: 'Microsoft.Storage/storageAccounts',
    require: {
      referencedBy: { type: 'Microsoft.Insights/diagnosticSettings', at: 'scope', below: 'blobServices' },
    },
  };
  const account = () => resource('Microsoft.Storage/storageAccounts', {}, { name: 'st' });
  const blobs = (parent: ReturnType<typeof account>) =>
    resource('Microsoft.Storage/storageAccounts/blobServices', {}, { parent, name: 'default' });
  const setting = (scope: Written) => resource('Microsoft.Insights/diagnosticSettings', { scope });
  const path = '/subscriptions/1/resourceGroups/g/providers/Microsoft.Storage/storageAccounts';

  it('is found by reference and by id, whether that is declared or not', () => {
    const parent = account();
    const child = blobs(parent);
    expect(verdictOf([parent, child, setting(idOf(child))], logged)).toBe('pass');
    expect(verdictOf([account(), setting(`${path}/st/blobServices/default`)], logged)).toBe('pass');
  });

  it('is not what refers to the resource itself, to something else below it, or to another one', () => {
    const parent = account();
    expect(verdictOf([parent, setting(idOf(parent))], logged)).toBe('fail');
    expect(verdictOf([account(), setting(`${path}/st/queueServices/default`)], logged)).toBe('fail');
    expect(verdictOf([account(), setting(`${path}/other/blobServices/default`)], logged)).toBe('fail');
  });

  it('is not known where the reference is not', () => {
    expect(verdictOf([account(), setting(unset('target'))], logged)).toBe('undetermined');
  });
});

describe('children', () => {
  it('are found whether they are nested, or joined by name', () => {
    const parent = server();
    expect(verdictOf([parent, auditing(parent, 'Enabled')], audited)).toBe('pass');
    const separate = resource(
      'Microsoft.Sql/servers/auditingSettings',
      { properties: { state: 'Enabled' } },
      { names: ['SQL', 'default'] },
    );
    expect(verdictOf([server(), separate], audited)).toBe('pass');
    const other = resource(
      'Microsoft.Sql/servers/auditingSettings',
      { properties: { state: 'Enabled' } },
      { names: ['other', 'default'] },
    );
    expect(verdictOf([server(), other], audited)).toBe('fail');
  });

  it('that are missing are a fault where nothing else may bring them', () => {
    const parent = server();
    const { findings } = check([parent], [rule(audited)]);
    expect(findings[0]?.place.start).toBe(parent.header.start);
    expect(findings[0]?.message).toContain('there is no Microsoft.Sql/servers/auditingSettings'.slice(1));
    expect(verdictOf(estate([server()], { unresolved: [module] }), audited)).toBe('undetermined');
    expect(verdictOf([server()], audited, {}, { complete: false })).toBe('undetermined');
    expect(verdictOf([server()], audited, {}, { providedElsewhere: ({ concern }) => concern === 'exposure' })).toBe(
      'undetermined',
    );
    expect(verdictOf([server()], audited, {}, { providedElsewhere: ({ concern }) => concern === 'logging' })).toBe(
      'fail',
    );
    expect(verdictOf(estate([server()], { problems: [{ ...module, code: 'module-not-found' }] }), audited)).toBe(
      'undetermined',
    );
  });

  it('of which it is not known whose they are leave it open', () => {
    const somebodys = resource(
      'Microsoft.Sql/servers/auditingSettings',
      { properties: { state: 'Enabled' } },
      { names: [unset('server'), 'default'] },
    );
    expect(verdictOf([server(), somebodys], audited)).toBe('undetermined');
  });

  it('that are there and wrong are at fault themselves', () => {
    const parent = server();
    const child = auditing(parent, 'Disabled');
    const { findings } = check(estate([parent, child], { unresolved: [module] }), [rule(audited)]);
    expect(findings.map((each) => each.verdict)).toEqual(['fail']);
    const state = child.body.kind === 'object' ? child.body.get('properties') : undefined;
    const value = state?.kind === 'object' ? state.get('state') : undefined;
    expect(findings[0]?.place).toMatchObject({ start: value?.origin.kind === 'source' ? value.origin.start : -1 });
    expect(findings[0]?.related.map((each) => each.message)).toContain('it concerns servers, which is declared here');
  });

  it('that are conditional or not known leave it open', () => {
    const parent = server();
    expect(verdictOf([parent, auditing(parent, 'Enabled', { exists: unset('audit') })], audited)).toBe('undetermined');
    expect(verdictOf([parent, auditing(parent, unset('state'))], audited)).toBe('undetermined');
    expect(verdictOf([parent, auditing(parent, 'Enabled', { exists: either('audit', true, false) })], audited)).toBe(
      'may-fail',
    );
    expect(verdictOf([parent, auditing(parent, 'Disabled', { exists: unset('audit') })], audited)).toBe('fail');
    const conditional = server({ exists: either('sql', true, false) });
    expect(
      verdictOf([conditional, auditing(conditional, 'Enabled', { exists: either('sql', true, false) })], audited),
    ).toBe('pass');
  });

  it('that exist elsewhere are not known', () => {
    const parent = server();
    const existing = resource('Microsoft.Sql/servers/auditingSettings', openObject({}), {
      parent,
      name: 'default',
      existing: true,
    });
    expect(verdictOf([parent, existing], audited)).toBe('undetermined');
  });

  it('are picked by where', () => {
    const parent = server();
    const named = {
      resource: 'Microsoft.Sql/servers',
      require: {
        child: {
          type: 'Microsoft.Sql/servers/auditingSettings',
          where: { name: { equals: 'default' } },
          require: { 'properties.state': { equals: 'Enabled' } },
        },
      },
    };
    expect(verdictOf([parent, auditing(parent, 'Enabled', { name: 'x' })], named)).toBe('fail');
    expect(verdictOf([parent, auditing(parent, 'Enabled')], named)).toBe('pass');
  });

  it('may be forbidden', () => {
    const parent = server();
    const rule = (address: unknown) =>
      resource(
        'Microsoft.Sql/servers/firewallRules',
        { properties: { start: address } as never },
        { parent, name: 'x' },
      );
    const closed = {
      resource: 'Microsoft.Sql/servers',
      require: { child: { type: 'firewallRules', forbid: { 'properties.start': { equals: '0.0.0.0' } } } },
    };
    expect(verdictOf([parent, rule('0.0.0.0')], closed)).toBe('fail');
    expect(verdictOf([parent, rule('10.0.0.1')], closed)).toBe('pass');
    expect(verdictOf([parent], closed)).toBe('pass');
    expect(verdictOf([parent, rule(unset('start'))], closed)).toBe('undetermined');
    expect(verdictOf(estate([parent], { unresolved: [module] }), closed)).toBe('undetermined');
    expect(verdictOf(estate([parent, rule('0.0.0.0')], { unresolved: [module] }), closed)).toBe('fail');
  });
});

describe('related resources', () => {
  const group = (body = {}) => resource('Microsoft.Network/networkSecurityGroups', body, { name: 'nsg' });
  const nic = (id: unknown) =>
    resource('Microsoft.Network/networkInterfaces', { properties: { nsg: { id } as never } }, { name: 'nic' });
  const guarded = {
    resource: 'Microsoft.Network/networkInterfaces',
    require: {
      related: {
        at: 'properties.nsg.id',
        type: 'Microsoft.Network/networkSecurityGroups',
        require: { tags: { exists: true } },
      },
    },
  };

  it('are followed to the resource', () => {
    const good = group({ tags: { a: 'b' } });
    const bad = group();
    expect(verdictOf([nic(idOf(good)), good], guarded)).toBe('pass');
    expect(verdictOf([nic(idOf(bad)), bad], guarded)).toBe('fail');
  });

  it('are found by a literal id, unless they are elsewhere', () => {
    const good = group({ tags: { a: 'b' } });
    const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/';
    expect(verdictOf([nic(`${id}nsg`), good], guarded)).toBe('pass');
    expect(verdictOf([nic(`${id}other`), good], guarded)).toBe('undetermined');
    expect(verdictOf([nic(unset('id')), good], guarded)).toBe('undetermined');
  });

  it('that are not referred to fail', () => {
    expect(verdictOf([nic(null)], guarded)).toBe('fail');
    expect(verdictOf([resource('Microsoft.Network/networkInterfaces', {})], guarded)).toBe('fail');
    expect(verdictOf([resource('Microsoft.Network/networkInterfaces', openObject({}))], guarded)).toBe('undetermined');
  });

  it('of another type do not count', () => {
    const other = resource('Microsoft.Network/virtualNetworks', { tags: { a: 'b' } });
    expect(verdictOf([nic(idOf(other)), other], guarded)).toBe('fail');
  });

  it('that exist elsewhere are not known', () => {
    const existing = resource('Microsoft.Network/networkSecurityGroups', openObject({}), { existing: true });
    expect(verdictOf([nic(idOf(existing)), existing], guarded)).toBe('undetermined');
  });

  it('can be followed from items of a list', () => {
    const bad = group();
    const inList = {
      resource: 'Microsoft.Network/networkInterfaces',
      require: { 'properties.ip': { every: { related: { at: 'subnet.id', require: { tags: { exists: true } } } } } },
    };
    const holder = resource('Microsoft.Network/networkInterfaces', {
      properties: { ip: [{ subnet: { id: idOf(bad) } }] },
    });
    expect(verdictOf([holder, bad], inList)).toBe('fail');
  });
});

describe('referring resources', () => {
  const vault = () => resource('Microsoft.KeyVault/vaults', {}, { name: 'kv' });
  const diagnostics = (scope: ReturnType<typeof idOf> | undefined, parts = {}) =>
    resource(
      'Microsoft.Insights/diagnosticSettings',
      { properties: { logs: 'all' } },
      { name: 'd', ...(scope === undefined ? {} : { scope }), ...parts },
    );
  const logged = {
    resource: 'Microsoft.KeyVault/vaults',
    require: {
      referencedBy: {
        type: 'Microsoft.Insights/diagnosticSettings',
        at: 'scope',
        require: { 'properties.logs': { equals: 'all' } },
      },
    },
  };

  it('are found by their scope', () => {
    const own = vault();
    expect(verdictOf([own, diagnostics(idOf(own))], logged)).toBe('pass');
    const other = resource('Microsoft.Storage/storageAccounts', {});
    expect(verdictOf([own, other, diagnostics(idOf(other))], logged)).toBe('fail');
    expect(verdictOf([own, diagnostics(undefined)], logged)).toBe('fail');
    expect(verdictOf([own, diagnostics(undefined, { parent: own })], logged)).toBe('pass');
    expect(verdictOf([own, diagnostics(unset('scope') as never)], logged)).toBe('undetermined');
  });

  it('are found by a path, also through items of lists', () => {
    const endpoint = (id: unknown) =>
      resource('Microsoft.Network/privateEndpoints', {
        properties: { connections: [{ service: 'x' }, { service: id as never }] },
      });
    const reached = {
      resource: 'Microsoft.KeyVault/vaults',
      require: {
        referencedBy: { type: ['Microsoft.Network/privateEndpoints'], at: 'properties.connections[].service' },
      },
    };
    const own = vault();
    expect(verdictOf([own, endpoint(idOf(own))], reached)).toBe('pass');
    expect(verdictOf([own, endpoint(null)], reached)).toBe('undetermined');
    expect(verdictOf([own], reached)).toBe('fail');
  });
});
