// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import { describe, expect, it } from 'vitest';
import { defaultBudget, type ForeignCall } from '../../../../engine/estate/context.ts';
import { scalar } from '../../../../engine/estate/make.ts';
import { at } from '../../../../engine/estate/operations.ts';
import { sourceOrigin } from '../../../../engine/estate/origin.ts';
import { BicepFiles } from '../../../../engine/languages/bicep/files.ts';
import { resolveBicep } from '../../../../engine/languages/bicep/resolve.ts';
import { contextOf, estateOf, folder, outputOf, resourceAt, show } from './estate-of.ts';

const child = "param n string\nresource r 'A.B/c@1' = { name: n }\noutput id string = r.id\noutput n string = n\n";

describe('modules', () => {
  it('are followed with their arguments, and their calls are kept', () => {
    const main =
      "module outer 'sub/outer.bicep' = { params: { n: 'x' } }\noutput o array = [outer.outputs.id, outer.name]\n";
    const outer =
      "param n string\nmodule inner '../child.bicep' = { name: 'd', params: { n: '${n}y' } }\noutput id string = inner.outputs.id\n";
    const estate = estateOf({ 'main.bicep': main, 'sub/outer.bicep': outer, 'child.bicep': child });
    const r = resourceAt(estate, 'outer.inner.r');
    expect(r.names.map(show)).toEqual(["'xy'"]);
    expect(r.calls).toMatchObject([
      { name: 'outer', instance: '', uri: `${folder}main.bicep`, start: 0 },
      { name: 'inner', instance: '', uri: `${folder}sub/outer.bicep` },
    ]);
    expect(show(outputOf(estate))).toBe('[->outer.inner.r.id, ?deployment]');
    expect(estate.outputs.filter((each) => each.atRoot).map((each) => each.address)).toEqual(['o']);
    expect([...estate.dependencies].sort()).toEqual([
      `${folder}child.bicep`,
      `${folder}main.bicep`,
      `${folder}sub/outer.bicep`,
    ]);
  });

  it('have conditions and loops', () => {
    const main = `param q bool
module a 'child.bicep' = if (false) { params: { n: 'a' } }
module b 'child.bicep' = if (q) { params: { n: 'b' } }
module c 'child.bicep' = [for (n, i) in ['x', 'y']: { params: { n: '\${n}\${i}' } }]
output o array = [c[1].outputs.n, map(c, each => each.outputs.n)]
`;
    const estate = estateOf({ 'main.bicep': main, 'child.bicep': child });
    expect(estate.resources.map((each) => `${each.address} ${each.names.map(show)} ${show(each.exists)}`)).toEqual([
      "b.r 'b' (true | false)",
      "c[0].r 'x0' true",
      "c[1].r 'y1' true",
    ]);
    expect(show(outputOf(estate))).toBe("['y1', ['x0', 'y1']]");
  });

  it('tell the scope of their deployment from that of others', () => {
    const module = 'output g string = resourceGroup().location\noutput s string = subscription().subscriptionId\n';
    const main = `module same 'm.bicep' = {}
module other 'm.bicep' = { scope: resourceGroup('other') }
module again 'm.bicep' = { scope: resourceGroup('other') }
module far 'm.bicep' = { scope: resourceGroup('0000', 'other') }
var here = resourceGroup().location
output o array = [
  same.outputs.g == here
  other.outputs.g == here
  other.outputs.g == again.outputs.g
  other.outputs.s == same.outputs.s
  far.outputs.s == same.outputs.s
]
`;
    const estate = estateOf({ 'main.bicep': main, 'm.bicep': module });
    expect(show(outputOf(estate))).toBe('[true, ?deployment, true, true, ?deployment]');
  });

  it('pass their scope on to the extension resources inside', () => {
    const module =
      "targetScope = 'subscription'\nresource r 'Microsoft.Authorization/roleAssignments@2022-04-01' = { name: 'x' }\n";
    const estate = estateOf({ 'main.bicep': "module m 'm.bicep' = { scope: subscription() }\n", 'm.bicep': module });
    const { scope } = resourceAt(estate, 'm.r');
    expect(scope === undefined ? '' : show(scope)).toBe('->Microsoft.Resources/subscriptions(?deployment)');
  });

  it('that are not there, lead in a circle or too deep are one problem each, with its place', () => {
    const main = `module a 'none.bicep' = [for i in range(0, 3): { }]
module b 'loop.bicep' = {}
module c 'loop.bicep' = {}
output o array = [a[0].outputs.x, 1]
`;
    const loop = "module l 'loop.bicep' = {}\nmodule m 'main.bicep' = {}\n";
    const estate = estateOf({ 'main.bicep': main, 'loop.bicep': loop });
    expect(estate.problems.map((each) => `${each.code} ${each.uri.slice(folder.length)}:${each.start}`)).toEqual([
      'module-not-found main.bicep:9',
      'cycle loop.bicep:9',
      'cycle loop.bicep:36',
    ]);
    expect(estate.unresolved).toMatchObject([{ reference: 'none.bicep', command: undefined }]);
    expect(show(outputOf(estate))).toBe('[?module, 1]');
    const deep = estateOf(
      { 'main.bicep': "module a 'a.bicep' = {}\n", 'a.bicep': "module b 'b.bicep' = {}\n", 'b.bicep': '' },
      undefined,
      { budget: { ...defaultBudget, moduleDepth: 1 } },
    );
    expect(deep.problems).toMatchObject([{ code: 'budget', uri: `${folder}a.bicep` }]);
  });

  it('that depend on each other are refused without end', () => {
    const main = `module a 'child.bicep' = { params: { n: b.outputs.n } }
module b 'child.bicep' = { params: { n: a.outputs.n } }
output o array = [a.outputs.n]
`;
    expect(show(outputOf(estateOf({ 'main.bicep': main, 'child.bicep': child })))).toBe('[?error]');
  });

  it('count against the budget', () => {
    const main = "module a 'child.bicep' = [for i in range(0, 20): { params: { n: 'x' } }]\n";
    const budget = { ...defaultBudget, moduleInstances: 5 };
    const estate = estateOf({ 'main.bicep': main, 'child.bicep': child }, undefined, { budget });
    expect(estate.resources).toHaveLength(5);
    expect(estate.problems).toMatchObject([{ code: 'budget' }]);
    const few = estateOf({ 'main.bicep': main, 'child.bicep': child }, undefined, {
      budget: { ...defaultBudget, resources: 3 },
    });
    expect(few.resources).toHaveLength(3);
    expect(few.problems).toMatchObject([{ code: 'budget' }]);
  });

  it('keep the text that can be read of a file with errors', () => {
    const main = "module m 'child.bicep' = {\n  params: {\n    n: 'x'\n    broken ]\n  }\n}\n";
    const estate = estateOf({ 'main.bicep': main, 'child.bicep': child });
    expect(resourceAt(estate, 'm.r').names.map(show)).toEqual(["'x'"]);
  });
});

describe('modules of a registry', () => {
  const main = (reference: string) =>
    `module m '${reference}' = { params: { a: 'x' } }\noutput o string = m.outputs.y\n`;
  const moduleCache = 'file:///cache/';
  const template = '{ "template": true }';

  it.each([
    ['br/public:avm/res/x/y:0.1.0', 'br/mcr.microsoft.com/bicep%24avm%24res%24x%24y/0.1.0%24/main.json'],
    ['br:Reg.io:5000/a/b:V1', 'br/reg.io%245000/a%24b/v1%241/main.json'],
    [`br:reg.io/a@sha256:${'0'.repeat(64)}`, `br/reg.io/a/sha256%23${'0'.repeat(64)}/main.json`],
    ['br/mine:b:v1', 'br/own.io/base%24b/v1%24/main.json'],
    ['ts:Sub/Group/Name:v1', 'ts/sub/group/name/v1/main.json'],
    ['ts/specs:name:v1', 'ts/s/g/name/v1/main.json'],
  ])('%s is read from the cache', (reference, path) => {
    const configuration = `{
      // aliases
      "moduleAliases": {
        "br": { "mine": { "registry": "own.io", "modulePath": "base" } },
        "ts": { "specs": { "subscription": "s", "resourceGroup": "g" } }
      }
    }`;
    const seen: ForeignCall[] = [];
    const estate = estateOf(
      { 'main.bicep': main(reference), 'bicepconfig.json': configuration, [moduleCache + path]: template },
      undefined,
      {
        moduleCache,
        foreign: (call) => {
          seen.push(call);
          const value = scalar('out', sourceOrigin(call.uri, 0, 1));
          const output = {
            name: 'y',
            value,
            secure: false,
            atRoot: false,
            declaration: { uri: call.uri, start: 0, end: 1 },
            language: 'arm' as const,
            address: 'm.y',
          };
          return { resources: [], output: () => value, outputs: [output], unresolved: [], problems: [] };
        },
      },
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]?.identity).toBe('m');
    expect(seen[0] === undefined ? '' : show(at(seen[0].parameters, ['a']))).toBe("'x'");
    expect(show(outputOf(estate))).toBe("'out'");
    expect(estate.unresolved).toEqual([]);
  });

  it('that are not restored are unresolved, with the command that brings them', () => {
    for (const more of [{}, { moduleCache }]) {
      const estate = estateOf({ 'main.bicep': main('br/public:avm/res/x/y:0.1.0') }, undefined, more);
      expect(estate.unresolved).toMatchObject([
        { reference: 'br/public:avm/res/x/y:0.1.0', command: 'bicep restore main.bicep', start: 9 },
      ]);
      expect(estate.problems).toEqual([]);
      expect(show(outputOf(estate))).toBe('?module');
    }
    expect(estateOf({ 'main.bicep': main('br/nobody:x:1') }).unresolved).toMatchObject([{ command: undefined }]);
  });
});

describe('files', () => {
  it('are parsed once for as long as their text stays', () => {
    const files = new BicepFiles();
    const context = contextOf({ 'main.bicep': 'param p string\n' });
    const uri = `${folder}main.bicep`;
    const first = files.get(uri, context);
    expect(files.get(uri, context)).toBe(first);
    const changed = files.get(uri, contextOf({ 'main.bicep': 'param q string\n' }));
    expect([...(changed?.symbols.names.keys() ?? [])]).toEqual(['q']);
  });

  it('that are too large, missing or not read yet are said to be', () => {
    const root = { language: 'bicep' as const, uri: `${folder}main.bicep`, parameterFiles: [] };
    const resolve = (more: object) =>
      resolveBicep(root, { ...contextOf({ 'main.bicep': 'var a = 1\n' }), ...more }, new BicepFiles());
    expect(resolve({ budget: { ...defaultBudget, fileSize: 5 } }).problems).toMatchObject([{ code: 'budget' }]);
    expect(resolve(contextOf({})).problems).toMatchObject([{ code: 'module-not-found' }]);
    const unread = {
      snapshot: { file: () => ({ kind: 'unread' as const }), list: () => ({ kind: 'unread' as const }) },
    };
    expect(resolve(unread)).toMatchObject({ problems: [], resources: [] });
    expect([...resolve(unread).dependencies]).toEqual([root.uri]);
  });
});
