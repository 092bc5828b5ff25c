import { expect, test } from 'vitest';
import { pathTo, walk } from '../../../../engine/languages/bicep/children.ts';
import { parseValid } from './show.ts';

const text = "resource a 'b@c' = {\n  name: f(d)\n}\n";

test('walk visits parents first and leaves out what is not entered', () => {
  const kinds: string[] = [];
  walk(parseValid(text), (node) => {
    kinds.push(node.kind);
    return node.kind !== 'call';
  });
  expect(kinds).toEqual(['file', 'resource', 'identifier', 'string', 'object', 'property', 'identifier', 'call']);
});

test('pathTo leads to the innermost node, also when the offset is at its end', () => {
  const kindsAt = (offset: number) => pathTo(parseValid(text), offset).map((node) => node.kind);
  expect(kindsAt(text.indexOf('d)'))).toEqual(['file', 'resource', 'object', 'property', 'call', 'variable']);
  expect(kindsAt(text.indexOf(':'))).toEqual(['file', 'resource', 'object', 'property', 'identifier']);
  expect(kindsAt(text.length)).toEqual(['file']);
});
