import { describe, expect, it } from 'vitest';
import { templateOf, textOf } from '../languages/arm/estate-of.ts';
import { folder, lint } from './workspace.ts';

const tls = 'storage/min-tls';
const account = {
  type: 'Microsoft.Storage/storageAccounts',
  apiVersion: '2023-05-01',
  name: "[concat('a', copyIndex())]",
  copy: { name: 'accounts', count: 2 },
  properties: { minimumTlsVersion: "[parameters('tls')]" },
};
const parameters = { tls: { type: 'string', defaultValue: 'TLS1_2' } };
const resources = [account];

/** What is found of one rule: `file: text (instances) related…`. */
function found(files: Readonly<Record<string, string>>, rule = tls): readonly string[] {
  return lint(files).findings.flatMap(({ rule: id, place, instances, related }) => {
    if (id !== rule) return [];
    const file = place.uri.slice(folder.length);
    const ways = related.map((each) => each.message);
    return [[`${file}: ${files[file]?.slice(place.start, place.end)} (${instances.length})`, ...ways].join('; ')];
  });
}

describe('a template', () => {
  it('is judged with each of its parameter files, and says what led to a value', () => {
    const files = {
      'a.json': textOf({ parameters, resources }),
      'a.parameters.good.json': parameterFile('TLS1_2'),
      'a.parameters.json': parameterFile('TLS1_0'),
    };
    expect(found(files)).toEqual([
      "a.parameters.json: \"TLS1_0\" (2); used as parameter 'tls' here; set for parameter 'tls' by a parameter file here",
    ]);
  });

  it('is judged where it is linked to, and not alone', () => {
    const linked = textOf({ parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } }, resources });
    const main = (address: object, value: string): string =>
      textOf({
        resources: [
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '2022-09-01',
            name: 'storage',
            properties: { templateLink: address, parameters: { tls: { value } } },
          },
        ],
      });
    const byAddress = { uri: "[uri(deployment().properties.templateLink.uri, 'nested/s.json')]" };
    for (const address of [{ relativePath: 'nested/s.json' }, byAddress]) {
      expect(found({ 'main.json': main(address, 'TLS1_2'), 'nested/s.json': linked })).toEqual([]);
      expect(found({ 'main.json': main(address, 'TLS1_1'), 'nested/s.json': linked })).toEqual([
        "main.json: \"TLS1_1\" (2); used as parameter 'tls' here; passed as parameter 'tls' here; module 'storage' is called here",
      ]);
    }
  });

  it('says that a linked template is not here, and judges the rest', () => {
    const link = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '1',
      name: 'd',
      properties: { templateLink: { uri: 'https://x.example/y.json' } },
    };
    const text = textOf({
      parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } },
      resources: [link, account],
    });
    const { notices } = lint({ 'a.json': text });
    expect(notices.map(({ code, level }) => [code, level])).toEqual([['demarc/module', 'information']]);
    expect(found({ 'a.json': text })).toHaveLength(1);
  });

  it('with a broken expression is not whole, and the rest is judged', () => {
    const broken = { ...account, name: '[nothing]', copy: undefined, properties: { minimumTlsVersion: 'TLS1_0' } };
    const text = textOf({ resources: [broken] });
    const { notices } = lint({ 'a.json': text });
    expect(notices.map(({ code, level }) => [code, level])).toEqual([['demarc/incomplete', 'error']]);
    expect(found({ 'a.json': text })).toEqual(['a.json: "TLS1_0" (0)']);
  });

  it('that a Bicep file calls is judged with what the file gives', () => {
    const files = {
      'main.bicep': "module m 'm.json' = { name: 'm', params: { tls: 'TLS1_0' } }",
      'm.json': textOf({ parameters, resources }),
    };
    expect(found(files)).toEqual([
      "main.bicep: 'TLS1_0' (2); used as parameter 'tls' here; passed as parameter 'tls' here; module 'm' is called here",
    ]);
  });
});

function parameterFile(value: string): string {
  const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';
  return JSON.stringify({ $schema: schema, contentVersion: '1.0.0.0', parameters: { tls: { value } } });
}

describe('a note in the metadata', () => {
  const flawed = { ...account, copy: undefined, name: 'a', properties: { minimumTlsVersion: 'TLS1_0' } };
  const ignored = 'storage/min-tls until 2027-03-01 -- legacy meters';

  /** How many findings there are of the rule, and what is said of the notes. */
  function judged(text: string, today = '2026-01-01'): readonly unknown[] {
    const { findings, notices } = lint({ 'a.json': text }, { today });
    return [
      findings.filter(({ rule }) => rule === tls).length,
      ...notices.map(({ place, message }) => [
        text.slice(place.start, place.end),
        message.split(' ').slice(0, 4).join(' '),
      ]),
    ];
  }

  it('suppresses what it names in its resource', () => {
    const noted = { ...flawed, metadata: { 'demarc:ignore': ignored } };
    expect(judged(textOf({ resources: [noted] }))).toEqual([0]);
    expect(judged(textOf({ resources: [noted, { ...flawed, name: 'b' }] }))).toEqual([1]);
    expect(judged(textOf({ languageVersion: '2.0', resources: { s: noted } }))).toEqual([0]);
  });

  it('may stand for the whole file, and be one of several', () => {
    const metadata = { 'demarc:ignore': [ignored, 'storage/https-only-typo -- \\u0041'] };
    expect(judged(JSON.stringify(templateOf({ metadata, resources: [flawed] })))).toEqual([
      0,
      ['storage/https-only-typo', 'There is no rule'].map((each, index) =>
        index === 0 ? each : expect.stringContaining(each),
      ),
    ]);
  });

  it('needs a rule and a reason, and may end', () => {
    const noted = (note: string): string => textOf({ resources: [{ ...flawed, metadata: { 'demarc:ignore': note } }] });
    expect(judged(noted('storage/min-tls'))).toEqual([1, ['"demarc:ignore"', 'This suppression gives no']]);
    expect(judged(noted('-- because'))).toEqual([1, ['"demarc:ignore"', 'This suppression names no']]);
    expect(judged(noted('storage/min-tls until soon -- because'))).toEqual([1, ['until soon', "'soon' is no date."]]);
    expect(judged(noted(ignored), '2027-04-01')).toEqual([1, ['storage/min-tls', 'This suppression ended on']]);
  });
});
