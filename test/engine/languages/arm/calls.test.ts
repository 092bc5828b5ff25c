import { describe, expect, it } from 'vitest';
import { linkedTemplates } from '../../../../engine/languages/arm/calls.ts';
import { parseJson } from '../../../../engine/text/json.ts';
import { folder } from '../bicep/estate-of.ts';
import { templateOf, textOf, uri } from './estate-of.ts';

function targetsOf(text: string): readonly (readonly [string, string])[] {
  return linkedTemplates(uri, { text, document: parseJson(text) }).map(({ target, start, end }) => [
    target.slice(folder.length),
    text.slice(start, end),
  ]);
}

function deployment(properties: unknown): unknown {
  return { type: 'Microsoft.Resources/deployments', apiVersion: '2022-09-01', name: 'd', properties };
}

describe('the templates that a template links to', () => {
  it('are named by path or by an address beside its own, in nested templates too', () => {
    const address = "[uri(deployment().properties.templateLink.uri, concat(variables('folder'), 'b.json'))]";
    const linked = deployment({ templateLink: { uri: address } });
    const template = templateOf({ resources: [deployment({ templateLink: { relativePath: './c.json' } }), linked] });
    const text = textOf({
      variables: { folder: 'nested/' },
      resources: [deployment({ templateLink: { relativePath: 'nested/a.json' } }), deployment({ template })],
    });
    expect(targetsOf(text)).toEqual([
      ['nested/a.json', '"nested/a.json"'],
      ['c.json', '"./c.json"'],
      ['nested/b.json', JSON.stringify(address)],
    ]);
  });

  it('are none where only Azure knows them, or nothing is linked', () => {
    expect(
      targetsOf(textOf({ resources: [deployment({ templateLink: { uri: 'https://example.org/x.json' } })] })),
    ).toEqual([]);
    expect(targetsOf('[]')).toEqual([]);
    expect(targetsOf(textOf({ resources: [{ type: 'A.B/c', name: 'templateLink' }] }))).toEqual([]);
  });
});
