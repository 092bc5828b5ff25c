import { parseToObject } from 'hcl2-parser';
import { expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import { samples } from './samples.ts';
import { toValueTree } from './value-tree.ts';

test.each(samples.map((text) => [text]))('hcl2-parser finds the same values: %#', (sample) => {
  // Its HCL is older than functions of providers.
  const text = sample.replace('provider::ns::f', 'f');
  const file = parseTerraform(text);
  const [theirs, error] = parseToObject(text);
  expect(error).toBeNull();
  expect(JSON.parse(JSON.stringify(toValueTree(file)))).toEqual(JSON.parse(JSON.stringify(theirs)));
});
