// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is shown of a value is written like this.
import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../engine/estate/context.ts';
import { property } from '../../../../engine/estate/operations.ts';
import { stepsOf } from '../../../../engine/estate/origin.ts';
import { folder, outputOf, resourceAt, show } from '../bicep/estate-of.ts';
import { estateOf, shown, textOf, uri, valueOfOutput, writtenAt } from './estate-of.ts';

const storage = { type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-05-01', name: 'sa' };

describe('literals', () => {
  it.each([
    ['plain', "'plain'"],
    ['[[not an expression]', "'[not an expression]'"],
    ['[[half', "'[[half'"],
    ["['it''s']", "'it's'"],
    ['[1]', '1'],
    ['[true]', 'true'],
    ['[null()]', 'null'],
    [{ a: [1, "[concat('x', 'y')]"] }, "{ a: [1, 'xy'] }"],
  ])('%j is %s', (written, expected) => {
    expect(shown(written)).toBe(expected);
  });

  it('gives members whose names are expressions the names that these are', () => {
    const sections = { variables: { who: 'me' } };
    expect(shown({ "[concat('tag-', variables('who'))]": 1 }, sections)).toBe('{ tag-me: 1 }');
    expect(shown({ "[parameters('p')]": 1, b: 2 }, { parameters: { p: { type: 'string' } } })).toBe('{ b: 2, … }');
  });

  it('says where a syntax error is', () => {
    expect(shown('[concat(]')).toBe('?error');
  });
});

describe('functions', () => {
  it.each([
    ["[if(equals('a', 'a'), 'x', fail('no'))]", "'x'"],
    ["[and(false(), equals(1, parameters('none')))]", 'false'],
    ["[or(true(), parameters('none'))]", 'true'],
    ["[coalesce(null(), tryGet(createObject('a', 1), 'b'), 'c')]", "'c'"],
    ["[createArray(1, 'a', createObject('k', true()))]", "[1, 'a', { k: true }]"],
    [
      "[union(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2)))]",
      '{ a: { x: 1, y: 2 } }',
    ],
    ["[shallowMerge(createArray(createObject('a', 1, 'b', 1), createObject('b', 2)))]", '{ a: 1, b: 2 }'],
    ['[flatten(createArray(createArray(1), createArray(2, 3)))]', '[1, 2, 3]'],
    ["[map(createArray(1, 2), lambda('x', add(lambdaVariables('x'), 1)))]", '[2, 3]'],
    ["[filter(createArray(1, 2), lambda('x', 'i', equals(lambdaVariables('i'), 1)))]", '[2]'],
    ["[reduce(createArray(1, 2, 3), 0, lambda('sum', 'x', add(lambdaVariables('sum'), lambdaVariables('x'))))]", '6'],
    ['[createArray(1, 2, 3)[1]]', '2'],
    ['[indexFromEnd(createArray(1, 2, 3), 1)]', '3'],
    ['[tryIndexFromEnd(createArray(1), 2)]', 'null'],
    ["[createObject('a', createObject('b', 'c')).a.b]", "'c'"],
    ["[ToUpper('x')]", "'X'"],
    ["[nobody('x')]", '?unsupported'],
  ])('%s is %s', (expression, expected) => {
    expect(shown(expression)).toBe(expected);
  });

  it('keeps what is known of a text and of a collection', () => {
    const sections = { parameters: { p: { type: 'string' }, o: { type: 'object' } } };
    expect(shown("[concat('a-', parameters('p'))]", sections)).toBe('"a-${?parameter}"');
    expect(shown("[format('{0}/{1}', 'x', parameters('p'))]", sections)).toBe('"x/${?parameter}"');
    expect(shown("[union(createObject('a', 1), parameters('o'))]", sections)).toBe('{ a: ?parameter, … }');
    expect(shown("[union(parameters('o'), createObject('a', 1))]", sections)).toBe('{ a: 1, … }');
  });

  it('calls the functions of the template with their own parameters only', () => {
    const functions = [
      {
        namespace: 'my',
        members: {
          twice: {
            parameters: [{ name: 'x', type: 'string' }],
            output: { type: 'string', value: "[concat(parameters('x'), parameters('x'), parameters('y'))]" },
          },
          plain: {
            parameters: [{ name: 'x', type: 'string' }],
            output: { type: 'string', value: "[concat(parameters('x'), '!')]" },
          },
        },
      },
    ];
    const parameters = { x: { type: 'string', defaultValue: 'outer' }, y: { type: 'string', defaultValue: 'y' } };
    expect(shown("[my.plain('a')]", { functions, parameters })).toBe("'a!'");
    expect(shown("[my.twice('a')]", { functions, parameters })).toBe('"aa${?error}"');
    expect(shown("[my.missing('a')]", { functions, parameters })).toBe('?error');
  });

  it('ends where functions call themselves', () => {
    const value = "[my.f(parameters('x'))]";
    const functions = [{ namespace: 'my', members: { f: { parameters: [{ name: 'x' }], output: { value } } } }];
    expect(shown("[my.f('a')]", { functions })).toBe('?error');
  });

  it('end where there is too much to evaluate', () => {
    const nested = "map(range(0, 1000), lambda('y', map(range(0, 1000), lambda('z', lambdaVariables('z')))))";
    const outputs = { o: { type: 'array', value: `[last(last(last(map(range(0, 1000), lambda('x', ${nested})))))]` } };
    const budget = { ...defaultBudget, evaluationSteps: 10_000 };
    expect(show(outputOf(estateOf({ outputs }, {}, undefined, { budget })))).toBe('?budget');
  });
});

describe('parameters and variables', () => {
  const parameters = {
    given: { type: 'string', defaultValue: 'default' },
    open: { type: 'string' },
    one: { type: 'string', allowedValues: ['a', 'b'] },
    secret: { type: 'securestring' },
    typed: { $ref: '#/definitions/password' },
    none: { type: 'string', nullable: true },
  };
  const definitions = { password: { type: 'SecureString', metadata: {} } };

  it.each([
    ["[parameters('given')]", "'default'"],
    ["[PARAMETERS('GIVEN')]", "'default'"],
    ["[parameters('open')]", '?parameter'],
    ["[parameters('one')]", "('a' | 'b')"],
    ["[parameters('secret')]", '!?parameter'],
    ["[parameters('typed')]", '!?parameter'],
    ["[parameters('none')]", 'null'],
    ["[concat('x', parameters('secret'))]", '!"x${!?parameter}"'],
    ["[parameters('nobody')]", '?error'],
    ["[variables('nobody')]", '?error'],
  ])('%s is %s', (expression, expected) => {
    expect(shown(expression, { parameters, definitions })).toBe(expected);
  });

  it('takes the parameter file before the default, and leads back to it', () => {
    const file = JSON.stringify({
      parameters: { GIVEN: { value: 'filed' }, secret: { reference: { secretName: 's' } } },
    });
    const outputs = { o: { value: "[parameters('given')]" }, s: { value: "[parameters('secret')]" } };
    const estate = estateOf({ parameters, definitions, outputs }, { 'p.parameters.json': file }, 'p.parameters.json');
    const value = outputOf(estate);
    expect(show(value)).toBe("'filed'");
    expect(value.origin).toMatchObject({ uri: `${folder}p.parameters.json` });
    expect(writtenAt(value, file)).toBe('"filed"');
    expect(stepsOf(value.origin).map(({ kind, name }) => [kind, name])).toEqual([
      ['parameter', 'given'],
      ['parameter-file', 'given'],
    ]);
    expect(show(outputOf(estate, 's'))).toBe('!?deployment');
    expect([...estate.dependencies]).toEqual([uri, `${folder}p.parameters.json`]);
  });

  it('says that a parameter file is missing', () => {
    const { problems } = estateOf({ parameters }, {}, 'gone.parameters.json');
    expect(problems).toMatchObject([{ code: 'parameter-file', uri: `${folder}gone.parameters.json` }]);
  });

  it('ends where names refer to themselves', () => {
    const variables = { a: "[variables('b')]", b: "[concat('x', variables('a'))]" };
    expect(shown("[variables('a')]", { variables })).toBe('?error');
  });

  it('end where they hold themselves, however deep', () => {
    const sections = {
      parameters: { p: { type: 'object', defaultValue: { x: "[variables('v')]" } } },
      variables: { v: { y: "[parameters('p')]" }, copy: [{ name: 'c', count: 1, input: { z: "[variables('c')]" } }] },
      functions: [
        {
          namespace: 'my',
          members: {
            f: { parameters: [], output: { value: { x: '[my.g()]' } } },
            g: { output: { value: '[my.F()]' } },
          },
        },
      ],
    };
    expect(shown({ v: "[variables('v')]", c: "[variables('c')]", f: '[my.f()]' }, sections)).toBe(
      '{ v: ?error, c: ?error, f: ?error }',
    );
  });

  it('does not evaluate what nobody asks for', () => {
    const unused = Array.from({ length: 50 }, (_, index) => [`m${index}`, "[concat('a', 'b')]"]);
    const variables = { big: { ...Object.fromEntries(unused), used: "[concat('c', 'd')]" } };
    const outputs = { o: { type: 'string', value: "[variables('big').used]" } };
    const budget = { ...defaultBudget, evaluationSteps: 10 };
    expect(show(outputOf(estateOf({ variables, outputs }, {}, undefined, { budget })))).toBe("'cd'");
  });
});

describe('places', () => {
  it('points at a literal inside an expression, and at the string when it is all of it', () => {
    const text = textOf({
      parameters: { old: { type: 'bool' } },
      variables: { tls: 'TLS1_1', list: "[createArray('\\u0041', 'b\\\"c')]" },
      resources: [
        {
          ...storage,
          properties: {
            minimumTlsVersion: "[if(parameters('old'), 'TLS1_0', variables('tls'))]",
            whole: "[variables('tls')]",
          },
        },
      ],
      outputs: { o: { type: 'array', value: "[variables('list')]" } },
    });
    const estate = estateOf(text);
    const properties = property(resourceAt(estate, 'Microsoft.Storage/storageAccounts/sa').body, 'properties');
    const version = property(properties, 'minimumTlsVersion');
    if (version.kind !== 'choice') throw new Error(version.kind);
    expect(version.options.map((option) => writtenAt(option, text))).toEqual(["'TLS1_0'", '"TLS1_1"']);
    expect(version.condition.alternatives).toEqual(["parameters('old')", "not (parameters('old'))"]);
    const [step] = stepsOf(version.options[1]?.origin ?? version.origin);
    expect(step && text.slice(step.start, step.end)).toBe("variables('tls')");
    const [whole] = stepsOf(property(properties, 'whole').origin);
    expect(whole && text.slice(whole.start, whole.end)).toBe(`"[variables('tls')]"`);
    const list = outputOf(estate);
    if (list.kind !== 'array') throw new Error(list.kind);
    expect(list.items.map((item) => writtenAt(item, text))).toEqual(["'\\\\u0041'", "'b\\\\\\\"c'"]);
  });
});

describe('what Azure decides', () => {
  it('is unknown, and the same wherever it is asked', () => {
    expect(shown('[equals(resourceGroup().location, resourceGroup().location)]')).toBe('true');
    expect(shown('[equals(newGuid(), newGuid())]')).toBe('?deployment');
    expect(shown('[environment().suffixes.storage]')).toBe("'core.windows.net'");
    expect(valueOfOutput("[listKeys('x', '2023-01-01').keys[0].value]")).toMatchObject({
      kind: 'unknown',
      secret: true,
    });
  });

  it('makes references of ids', () => {
    expect(shown("[resourceId('Microsoft.Web/sites/slots', 'a', 'b')]")).toBe(
      "->Microsoft.Web/sites/slots('a', 'b').id",
    );
    expect(shown("[reference(resourceId('Microsoft.Web/sites', 'a')).defaultHostName]")).toBe(
      "->Microsoft.Web/sites('a').properties.defaultHostName",
    );
    expect(
      shown("[reference(resourceId('Microsoft.Web/sites', 'a'), '2023-01-01', 'Full').identity.principalId]"),
    ).toBe("->Microsoft.Web/sites('a').identity.principalId");
    expect(shown("[concat(resourceId('Microsoft.Web/sites', 'a'), '/slots/', 's')]")).toBe(
      "->Microsoft.Web/sites/slots('a', 's').id",
    );
  });
});
