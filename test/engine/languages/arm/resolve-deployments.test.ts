// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is shown of a value is written like this.
import { describe, expect, it } from 'vitest';
import { defaultBudget, type ResolveContext } from '../../../../engine/estate/context.ts';
import { property } from '../../../../engine/estate/operations.ts';
import { stepsOf } from '../../../../engine/estate/origin.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import { ArmFiles } from '../../../../engine/languages/arm/files.ts';
import { resolveForeignTemplate } from '../../../../engine/languages/arm/resolve.ts';
import { estateOf as bicepEstateOf, folder, outputOf, resourceAt, show } from '../bicep/estate-of.ts';
import { estateOf, type Sections, templateOf, textOf, uri, writtenAt } from './estate-of.ts';

const inner = { expressionEvaluationOptions: { scope: 'inner' } };

function deployment(properties: Sections, more: Sections = {}): Sections {
  return { type: 'Microsoft.Resources/deployments', apiVersion: '2022-09-01', name: 'd', ...more, properties };
}

/** A template with one resource of which `a` is an expression, and an output. */
function child(expression: string, more: Sections = {}): Sections {
  return templateOf({
    resources: [{ type: 'A.B/c', apiVersion: '1', name: 'x', properties: { a: expression } }],
    outputs: { o: { type: 'string', value: expression } },
    ...more,
  });
}

const parameters = { p: { type: 'string', defaultValue: 'of the child' } };
const outer = { p: { type: 'string', defaultValue: 'of the parent' } };
const value = "[parameters('p')]";

function aOf(sections: Sections, others: Readonly<Record<string, string>> = {}): Value {
  const resource = resourceAt(estateOf(sections, others), 'd.A.B/c/x');
  return property(property(resource.body, 'properties'), 'a');
}

describe('a nested template', () => {
  it('means the parameters of the template around it, unless it says otherwise', () => {
    const template = child(value, { parameters });
    expect(show(aOf({ parameters: outer, resources: [deployment({ template })] }))).toBe("'of the parent'");
    expect(show(aOf({ parameters: outer, resources: [deployment({ ...inner, template })] }))).toBe("'of the child'");
    const options = { expressionEvaluationOptions: { scope: 'Inner' } };
    expect(show(aOf({ resources: [deployment({ ...options, template })] }))).toBe("'of the child'");
  });

  it('is given its parameters, and says which way they came', () => {
    const text = textOf({
      parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } },
      resources: [
        deployment({
          ...inner,
          parameters: { P: { value: "[parameters('tls')]" }, s: { reference: { secretName: 's' } } },
          template: child(value, { parameters: { ...parameters, s: { type: 'string' } } }),
        }),
      ],
    });
    const estate = estateOf(text);
    const resource = resourceAt(estate, 'd.A.B/c/x');
    const given = property(property(resource.body, 'properties'), 'a');
    expect(writtenAt(given, text)).toBe('"TLS1_0"');
    expect(stepsOf(given.origin).map(({ kind, name, start, end }) => [kind, name, text.slice(start, end)])).toEqual([
      ['parameter', 'p', `"${value}"`],
      ['argument', 'p', expect.stringMatching(/^"P": \{\s+"value": "\[parameters\('tls'\)\]"\s+\}$/)],
      ['parameter', 'tls', `"[parameters('tls')]"`],
    ]);
    expect(resource.calls.map(({ name, instance }) => name + instance)).toEqual(['d']);
    expect(estate.resources).toHaveLength(1);
  });

  it('keeps its secrets', () => {
    const template = child(value, { parameters: { p: { type: 'string' } } });
    const vault = { p: { reference: { keyVault: { id: 'v' }, secretName: 's' } } };
    expect(show(aOf({ resources: [deployment({ ...inner, parameters: vault, template })] }))).toBe('!?deployment');
  });

  it('has parameters that are chosen by a condition', () => {
    const chosen = { p: "[if(parameters('on'), createObject('value', 'yes'), createObject('value', null()))]" };
    const sections = {
      parameters: { on: { type: 'bool' } },
      resources: [deployment({ ...inner, parameters: chosen, template: child(value, { parameters }) })],
    };
    expect(show(aOf(sections))).toBe("('yes' | 'of the child')");
  });

  it('gives its outputs to the template around it, by id and by symbolic name', () => {
    const template = child("[concat('v', 'w')]");
    const byId = "[reference(resourceId('Microsoft.Resources/deployments', 'd')).outputs.o.value]";
    const estate = estateOf({ resources: [deployment({ template })], outputs: { r: { value: byId } } });
    const read = outputOf(estate, 'r');
    expect(show(read)).toBe("'vw'");
    expect(stepsOf(read.origin).map(({ kind, name }) => [kind, name])).toEqual([['output', 'o']]);
    expect(estate.outputs.map(({ address, atRoot }) => [address, atRoot])).toEqual([
      ['d.o', false],
      ['r', true],
    ]);
    const symbolic = estateOf({
      languageVersion: '2.0',
      resources: { sym: deployment({ ...inner, template }, { name: 'other' }) },
      outputs: {
        r: { value: "[reference('sym').outputs.o.value]" },
        s: { value: "[listOutputsWithSecureValues('sym', '2025-04-01').o]" },
        none: { value: "[reference('sym').outputs.nobody.value]" },
      },
    });
    expect(symbolic.outputs.map(({ address, value: each }) => [address, show(each)])).toEqual([
      ['sym.o', "'vw'"],
      ['r', "'vw'"],
      ['s', "!'vw'"],
      ['none', 'null'],
    ]);
  });

  it('may give a loop its items, whatever is looked at first', () => {
    const template = templateOf({ resources: [], outputs: { list: { type: 'array', value: ['x', 'y'] } } });
    const list = "reference(resourceId('Microsoft.Resources/deployments', 'd')).outputs.list.value";
    const loop = { name: 'l', count: `[length(${list})]` };
    const resources = [
      { type: 'A.B/first', name: `[concat(${list}[0], '1')]` },
      { type: 'A.B/c', name: `[${list}[copyIndex()]]`, copy: loop },
      deployment({ template: child('z') }, { name: `[${list}[copyIndex()]]`, copy: loop }),
      deployment({ ...inner, template }),
    ];
    const outputs = { o: { value: "[reference(resourceId('Microsoft.Resources/deployments', 'y')).outputs.o.value]" } };
    const estate = estateOf({ resources, outputs });
    expect(estate.resources.map(({ names }) => names.map(show).join())).toEqual(["'x1'", "'x'", "'y'", "'x'", "'x'"]);
    expect(show(outputOf(estate))).toBe("'z'");
  });

  it('exists as its deployment does, once for each turn of a loop', () => {
    const template = templateOf({ resources: [{ type: 'A.B/c', apiVersion: '1', name: '[string(copyIndex())]' }] });
    const resources = [
      deployment({ template }, { condition: "[parameters('on')]", copy: { name: 'l', count: 2 } }),
      deployment({ template: child('x') }, { name: 'never', condition: false }),
    ];
    const estate = estateOf({ parameters: { on: { type: 'bool' } }, resources });
    expect(
      estate.resources.map(({ address, names, exists }) => [address.split('.')[0], ...names.map(show), show(exists)]),
    ).toEqual([
      ['d[0]', "'0'", '(true | false)'],
      ['d[1]', "'1'", '(true | false)'],
    ]);
  });

  it('knows what it is deployed to', () => {
    const template = child('[resourceGroup().id]');
    const scopeOf = (more: Sections): string | undefined => {
      const scope = resourceAt(estateOf({ resources: [deployment({ ...inner, template }, more)] }), 'd.A.B/c/x').scope;
      return scope && show(scope);
    };
    expect(scopeOf({})).toBeUndefined();
    expect(scopeOf({ resourceGroup: 'g' })).toBe("->Microsoft.Resources/resourceGroups('g')");
    expect(scopeOf({ subscriptionId: 's' })).toBe("->Microsoft.Resources/subscriptions('s')");
    expect(scopeOf({ scope: 'Microsoft.Management/managementGroups/m' })).toBe(
      "->Microsoft.Management/managementGroups('m').id",
    );
  });

  it('has a resource group of its own only where it is deployed to another', () => {
    const same = "[equals(resourceGroup().location, parameters('p'))]";
    const given = { p: { value: '[resourceGroup().location]' } };
    const template = child(same, { parameters });
    const properties = { ...inner, parameters: given, template };
    expect(show(aOf({ resources: [deployment(properties)] }))).toBe('true');
    expect(show(aOf({ resources: [deployment(properties, { resourceGroup: 'g' })] }))).toBe('?deployment');
  });

  it('ends at the budget', () => {
    let template = child('x');
    for (let depth = 0; depth < 4; depth++) template = templateOf({ resources: [deployment({ template })] });
    const { problems, resources } = estateOf(template, {}, undefined, { budget: { ...defaultBudget, moduleDepth: 3 } });
    expect(resources).toEqual([]);
    expect(problems).toMatchObject([{ code: 'budget', message: expect.stringContaining('more than 3 deep') }]);
  });
});

describe('a linked template', () => {
  const linked = textOf({ parameters, resources: child(value).resources, outputs: child(value).outputs });
  const given = { p: { value: 'given' } };

  it('is the file beside this one', () => {
    const link = { templateLink: { relativePath: 'nested/linked.json' }, parameters: given };
    const estate = estateOf({ resources: [deployment(link)] }, { 'nested/linked.json': linked });
    const resource = resourceAt(estate, 'd.A.B/c/x');
    expect(show(property(property(resource.body, 'properties'), 'a'))).toBe("'given'");
    expect(resource.source.uri).toBe(`${folder}nested/linked.json`);
    expect(resource.calls[0]?.uri).toBe(uri);
    expect(estate.dependencies.has(`${folder}nested/linked.json`)).toBe(true);
  });

  const own = 'deployment().properties.templateLink.uri';
  it.each([
    [`[uri(${own}, 'linked.json')]`],
    ["[uri(parameters('base'), concat('linked.json', parameters('_artifactsLocationSasToken')))]"],
    ["[concat(parameters('_artifactsLocation'), '/linked.json', parameters('_artifactsLocationSasToken'))]"],
    ["[variables('address')]"],
  ])('is found beside this one where it is %s', (address) => {
    const sections = {
      parameters: {
        base: { type: 'string', defaultValue: `[${own}]` },
        _artifactsLocation: { type: 'string' },
        _artifactsLocationSasToken: { type: 'securestring' },
      },
      variables: { address: `[uri(${own}, 'linked.json')]` },
      resources: [deployment({ templateLink: { uri: address } })],
    };
    expect(show(aOf(sections, { 'linked.json': linked }))).toBe("'of the child'");
  });

  it.each([
    ['https://example.org/x.json', 'only Azure knows its address'],
    ["[parameters('u')]", 'only Azure knows its address'],
  ])('at %s is not known', (address, message) => {
    const sections = {
      parameters: { u: { type: 'string' } },
      resources: [deployment({ templateLink: { uri: address } })],
    };
    const { unresolved, problems } = estateOf(sections);
    expect(unresolved).toMatchObject([{ uri, message: expect.stringContaining(message) }]);
    expect(problems).toEqual([]);
  });

  it('that is missing leaves its outputs unknown', () => {
    const outputs = { o: { value: "[reference('d').outputs.x.value]" } };
    const estate = estateOf({ resources: [deployment({ templateLink: { relativePath: 'gone.json' } })], outputs });
    expect(estate.unresolved).toMatchObject([
      { reference: 'gone.json', message: expect.stringContaining('not on this machine') },
    ]);
    expect(show(outputOf(estate))).toBe('?module');
  });

  it('must not lead back', () => {
    const back = textOf({ resources: [deployment({ templateLink: { relativePath: 'azuredeploy.json' } })] });
    const { problems } = estateOf(
      { resources: [deployment({ templateLink: { relativePath: 'b.json' } })] },
      { 'b.json': back },
    );
    expect(problems).toMatchObject([{ code: 'cycle', uri: `${folder}b.json` }]);
  });

  it('is given unknown parameters by a parameter file that is linked', () => {
    const properties = {
      templateLink: { relativePath: 'l.json' },
      parametersLink: { uri: 'https://example.org/p.json' },
    };
    expect(show(aOf({ resources: [deployment(properties)] }, { 'l.json': linked }))).toBe('?module');
  });
});

describe('a Bicep module that is a template', () => {
  it('brings its resources and outputs, with the arguments of the module', () => {
    const template = textOf({
      parameters: { p: { type: 'string' }, kept: { type: 'string', defaultValue: 'own' } },
      resources: child("[concat(parameters('p'), parameters('kept'), resourceGroup().location)]").resources,
      outputs: { o: { type: 'string', value: value } },
    });
    const files = {
      'main.bicep': "module m 'm.json' = { name: 'm', params: { p: 'given' } }\noutput r string = m.outputs.o",
      'm.json': template,
    };
    const arm = new ArmFiles();
    const foreign: ResolveContext['foreign'] = (call, context) => resolveForeignTemplate(call, context, arm);
    const estate = bicepEstateOf(files, undefined, { foreign });
    const resource = resourceAt(estate, 'm.A.B/c/x');
    expect(show(property(property(resource.body, 'properties'), 'a'))).toBe('"givenown${?deployment}"');
    expect(show(outputOf(estate, 'r'))).toBe("'given'");
    expect(estate.outputs.map(({ address, atRoot }) => [address, atRoot])).toEqual([
      ['m.o', false],
      ['r', true],
    ]);
    expect(estate.dependencies.has(`${folder}m.json`)).toBe(true);
  });

  it('must be one', () => {
    const files = { 'main.bicep': "module m 'm.json' = { name: 'm' }", 'm.json': '{}' };
    const foreign: ResolveContext['foreign'] = (call, context) => resolveForeignTemplate(call, context, new ArmFiles());
    const { unresolved } = bicepEstateOf(files, undefined, { foreign });
    expect(unresolved).toMatchObject([{ message: expect.stringContaining('no template') }]);
  });
});
