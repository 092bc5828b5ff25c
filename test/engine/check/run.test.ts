import { describe, expect, it } from 'vitest';
import { byDefault, scalar, through } from '../../../engine/estate/make.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import { check, here, resource, rule, storage, value, type Written } from './estates.ts';

const fix = {
  title: 'Accept TLS 1.2 only',
  effect: 'behaviour',
  note: 'Old clients are refused.',
  set: { 'properties.tls': '1.2' },
};
const tls = rule({ require: { 'properties.tls': { equals: '1.2' } }, fix });

function only(resources: readonly Resource[], rules = [tls], options = {}) {
  const { findings } = check(resources, rules, {}, options);
  const [finding] = findings;
  if (finding === undefined || findings.length !== 1) throw new Error(`${findings.length} findings`);
  return finding;
}

const account = (written: Written, parts = {}) => resource(storage, { properties: { tls: written } }, parts);

describe('where a finding sits', () => {
  it('is the value as it was written', () => {
    const written = scalar('1.0', here());
    expect(only([account(written)]).place).toEqual({
      uri: written.origin.kind === 'source' ? written.origin.uri : '',
      start: written.origin.kind === 'source' ? written.origin.start : 0,
      end: written.origin.kind === 'source' ? written.origin.end : 0,
    });
  });

  it('is the end of the way, with the uses on the way told', () => {
    const origin = here(5, 'file:///main.bicepparam');
    const use = here(3);
    const finding = only([
      account(through(through(scalar('1.0', origin), 'argument', 'tls', here()), 'parameter', 'minimum', use)),
    ]);
    expect(finding.place).toMatchObject({ uri: 'file:///main.bicepparam', start: origin.start });
    expect(finding.related.map((each) => each.message)).toEqual([
      `used as parameter 'minimum' here`,
      `passed as parameter 'tls' here`,
    ]);
    expect(finding.related[0]).toMatchObject({ start: use.start });
  });

  it('is a call, where the author cannot edit the module', () => {
    const call = { ...here(8), name: 'storage', instance: '[0]' };
    const remote = 'file:///cache/module.bicep';
    const inModule = resource(
      storage,
      { properties: { tls: scalar('1.0', here(3, remote)) } },
      { file: remote, calls: [call] },
    );
    const isEditable = (uri: string) => !uri.startsWith('file:///cache/');
    const finding = only([inModule], [tls], { isEditable });
    expect(finding.place).toEqual({ uri: call.uri, start: call.start, end: call.end });
    expect(finding.related.map((each) => each.message)).toEqual(['the value is written here']);
    expect(check([inModule], [tls], {}, { isEditable: () => false }).findings).toEqual([]);
  });

  it('is the item of a list in which something is missing', () => {
    const item = value({ name: 'a' });
    const every = rule({ require: { list: { every: { access: { exists: true } } } } });
    const { place, path } = only([resource(storage, { list: [item] })], [every]);
    expect(place).toMatchObject({ start: item.origin.kind === 'source' ? item.origin.start : 0 });
    expect(path).toEqual([
      { kind: 'key', key: 'list' },
      { kind: 'index', index: 0 },
      { kind: 'key', key: 'access' },
    ]);
  });

  it('is every item at fault', () => {
    const none = rule({ require: { list: { none: { on: { equals: true }, open: { equals: true } } } } });
    const items = [
      { on: true, open: true },
      { on: true, open: false },
      { on: true, open: true },
    ];
    const { findings } = check([resource(storage, { list: items })], [none]);
    expect(
      findings.map((each) =>
        each.path
          .map((segment) => ('key' in segment ? segment.key : 'index' in segment ? segment.index : ''))
          .join('.'),
      ),
    ).toEqual(['list.0.open', 'list.2.open']);
  });

  it('is where the rule says', () => {
    const none = rule({
      at: 'list[].source',
      require: { list: { none: { source: { equals: '*' }, open: { equals: true } } } },
    });
    expect(only([resource(storage, { list: [{ source: '*', open: true }] })], [none]).path.at(-1)).toEqual({
      kind: 'key',
      key: 'source',
    });
  });
});

describe('what a finding says', () => {
  it('is the message of the rule, filled in', () => {
    const own = rule({ require: { tls: { equals: '1.2' } }, message: '{resource} takes {value} at {path}' });
    expect(only([resource(storage, { tls: '1.0' }, { name: 'stlogs' })], [own]).message).toBe(
      `stlogs takes '1.0' at tls.`,
    );
  });

  it('is made of the title without one', () => {
    expect(only([account('1.0')]).message).toBe(
      `'properties.tls' is '1.0'. All is well is what is wanted. Accept TLS 1.2 only.`,
    );
  });

  it('names the provider whose default it is', () => {
    const inherited = byDefault(value('1.0'), 'provider', 'docs', here());
    expect(only([account(inherited)]).message).toContain(
      `'properties.tls' is not set; the provider's default is '1.0'.`,
    );
  });

  it('never spells a secret', () => {
    expect(only([account(scalar('hunter2', here(), true))]).message).not.toContain('hunter2');
  });
});

describe('fixes', () => {
  it('set the value on the resource', () => {
    const own = account('1.0');
    expect(only([own]).fix).toMatchObject({
      title: 'Accept TLS 1.2 only',
      effect: 'behaviour',
      asks: [],
      source: undefined,
      use: [
        {
          resource: own,
          edits: [{ kind: 'set', path: [{ key: 'properties' }, { key: 'tls' }], value: { kind: 'data', data: '1.2' } }],
        },
      ],
    });
  });

  it('are offered at the source too, where the value came from there', () => {
    const origin = here();
    const passed = through(scalar('1.0', origin), 'parameter', 'tls', here());
    const place = { uri: origin.uri, start: origin.start, end: origin.end };
    expect(only([account(passed)]).fix?.source).toEqual({
      kind: 'replace',
      place,
      value: { kind: 'data', data: '1.2' },
      name: 'tls',
    });
    const elsewhere = through(scalar('1.0', here(3, 'file:///cache/x.bicep')), 'parameter', 'tls', here());
    const isEditable = (uri: string) => !uri.startsWith('file:///cache/');
    expect(only([account(elsewhere)], [tls], { isEditable }).fix?.source).toBeUndefined();
  });

  it('leave what is right already as it is written', () => {
    const two = rule({
      require: { a: { equals: 1 }, b: { equals: 1 } },
      fix: { title: 'Set both', effect: 'neutral', set: { a: 1, b: 1 } },
    });
    expect(only([resource(storage, { a: 1, b: 2 })], [two]).fix?.use[0]?.edits).toMatchObject([
      { path: [{ key: 'b' }] },
    ]);
  });

  it('change the item at fault', () => {
    const every = rule({
      require: { list: { every: { access: { equals: 'Deny' } } } },
      fix: { title: 'Deny', effect: 'neutral', set: { 'list[].access': 'Deny' }, remove: ['list[].note'] },
    });
    const { fix: plan } = only(
      [resource(storage, { list: [{ access: 'Deny' }, { access: 'Allow', note: 'x' }] })],
      [every],
    );
    expect(plan?.use[0]?.edits).toMatchObject([
      { kind: 'set', path: [{ key: 'list' }, { index: 1 }, { key: 'access' }] },
      { kind: 'remove', path: [{ key: 'list' }, { index: 1 }, { key: 'note' }] },
    ]);
  });

  it('add a missing child, and mend one that is there', () => {
    const body = {
      properties: { state: 'Enabled', days: { ask: { name: 'days', prompt: 'How long?', example: 90 } } },
    };
    const child = { type: 'Microsoft.Sql/servers/auditingSettings', apiVersion: '2021-11-01', name: 'default', body };
    const audited = rule({
      resource: 'Microsoft.Sql/servers',
      require: { child: { type: 'auditingSettings', require: { 'properties.state': { equals: 'Enabled' } } } },
      fix: { title: 'Audit', effect: 'cost', note: 'Storage costs.', addChild: child },
    });
    const server = resource('Microsoft.Sql/servers', {});
    const missing = only([server], [audited]).fix;
    expect(missing?.asks.map((ask) => ask.name)).toEqual(['days']);
    expect(missing?.use).toMatchObject([
      { resource: server, edits: [{ kind: 'add-child', name: 'default', body: { kind: 'object' } }] },
    ]);
    const off = resource(
      'Microsoft.Sql/servers/auditingSettings',
      { properties: { state: 'Disabled' } },
      { parent: server },
    );
    expect(only([server, off], [audited]).fix?.use).toMatchObject([
      {
        resource: off,
        edits: [{ kind: 'set', path: [{ key: 'properties' }, { key: 'state' }], value: { data: 'Enabled' } }],
      },
    ]);
  });

  it('take options from the configuration', () => {
    const days = rule({
      options: { days: { default: 90, description: 'd' } },
      require: { days: { atLeast: { option: 'days' } } },
      fix: { title: 'Keep', effect: 'neutral', set: { days: { option: 'days' } } },
    });
    expect(only([resource(storage, { days: 1 })], [days]).fix?.use[0]?.edits).toMatchObject([
      { value: { kind: 'data', data: 90 } },
    ]);
  });
});
