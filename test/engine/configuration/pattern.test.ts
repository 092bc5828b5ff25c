import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, parsePattern } from '../../../engine/configuration/pattern.ts';

function matches(written: string, path: string): boolean {
  const pattern = parsePattern(written);
  if (typeof pattern === 'string') throw new Error(pattern);
  return covers(pattern, path.split('/'));
}

describe('patterns', () => {
  it.each([
    ['main.bicep', 'main.bicep', true],
    ['main.bicep', 'a/b/main.bicep', true],
    ['./main.bicep', 'a/main.bicep', false],
    ['/main.bicep', 'main.bicep', true],
    ['*.bicep', 'a/b/main.bicep', true],
    ['*.bicep', 'main.bicepparam', false],
    ['legacy', 'legacy/a/b.tf', true],
    ['legacy/', 'old/legacy/b.tf', true],
    ['infra/*.tf', 'infra/main.tf', true],
    ['infra/*.tf', 'infra/a/main.tf', false],
    ['infra/*', 'infra/a/main.tf', true],
    ['infra/**/main.tf', 'infra/main.tf', true],
    ['infra/**/main.tf', 'infra/a/b/main.tf', true],
    ['**/test/**', 'a/test/main.tf', true],
    ['**/test/**', 'a/testing/main.tf', false],
    ['**', 'anything', true],
    ['ma?n.tf', 'main.tf', true],
    ['ma?n.tf', 'man.tf', false],
    ['{a,b/c}/*.{tf,bicep}', 'b/c/x.bicep', true],
    ['{a,b/c}/*.{tf,bicep}', 'c/x.bicep', false],
    ['a{b{1,2},}c', 'ab2c', true],
    ['a{b{1,2},}c', 'ac', true],
    ['größe/*', 'größe/main.tf', true],
  ])('%s on %s: %s', (pattern, path, expected) => expect(matches(pattern, path)).toBe(expected));

  it.each([
    ['', 'empty'],
    ['!a', 'include'],
    ['a\\b', "'/'"],
    ['[ab]', "'?'"],
    ['{a', 'pairs'],
    ['a}', 'pairs'],
    ['../a', 'lead out'],
    ['a//b', 'empty part'],
    ['{a,b}'.repeat(7), 'at most 64'],
  ])('refuses %s', (pattern, reason) => expect(parsePattern(pattern)).toContain(reason));

  it('agrees with a regular expression within one name', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const expression = pattern.replaceAll('*', '.*').replaceAll('?', '.');
        fc.pre(pattern !== '**');
        expect(matches(`./${pattern}`, name)).toBe(new RegExp(`^${expression}$`).test(name));
      }),
    );
  });

  it('takes no time for a pattern that would make a regular expression go back and forth', () => {
    const pattern = `${'*a'.repeat(2_000)}b`;
    expect(matches(pattern, 'a'.repeat(4_000))).toBe(false);
    expect(matches(`${'**/a/'.repeat(500)}b`, Array.from({ length: 1_000 }, () => 'a').join('/'))).toBe(false);
  });
});
