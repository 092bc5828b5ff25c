import { describe, expect, it } from 'vitest';
import { providerVersions } from '../../../../engine/languages/terraform/provider-versions.ts';

describe('the versions of a provider', () => {
  const cases: readonly [constraint: string, majors: readonly number[]][] = [
    ['~> 3.0', [3]],
    ['~>4.2.1', [4]],
    ['~> 4', [4, 5]],
    ['>= 3.1, < 5', [3, 4]],
    ['>= 3.1, < 5.0.1', [3, 4, 5]],
    ['4.2.0', [4]],
    ['= v4.2.0', [4]],
    ['>= 3.0', [3, 4, 5]],
    ['> 4.99.0, != 5.1.0', [4, 5]],
    ['>= 6.0.0', [6]],
    ['>=3.50.0,<4.0.0-beta1', [3]],
  ];
  it.each(cases)('%s admits the majors %j', (constraint, majors) => {
    const versions = providerVersions(undefined, [constraint]);
    expect(versions.known).toBe('constraint');
    expect(versions.majors).toEqual(majors);
  });

  it('takes the lock file before a constraint', () => {
    const versions = providerVersions('3.116.0', ['>= 3.0']);
    expect(versions.known).toBe('lock');
    expect(versions.majors).toEqual([3]);
    expect(versions.admits('<4.0.0')).toBe('all');
  });

  it('is the newest major when nothing is said, or nothing that can be read', () => {
    expect(providerVersions(undefined, []).known).toBe('none');
    expect(providerVersions(undefined, ['latest']).majors).toEqual([5]);
    expect(providerVersions(undefined, ['~> 3.0', '~> 4.0']).majors).toEqual([5]);
  });

  it('needs every constraint to hold', () => {
    expect(providerVersions(undefined, ['>= 3.0', '< 5.0']).majors).toEqual([3, 4]);
  });

  it.each([
    ['~> 3.0', '<4.0.0', 'all'],
    ['~> 4.0', '<4.0.0', 'none'],
    ['>= 3.0', '<4.0.0', 'some'],
    ['>= 3.0', '>=3.0.0', 'all'],
    ['4.2.0', '!=4.2.0', 'none'],
    ['~> 4.2', '>=4.9.0, <5.0.0', 'some'],
  ] as const)('%s admits %s: %s', (constraint, range, answer) => {
    expect(providerVersions(undefined, [constraint]).admits(range)).toBe(answer);
  });
});
