import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawFinding } from '../../../engine/check/run.ts';
import { scalar } from '../../../engine/estate/make.ts';
import { fingerprintOf, hash64 } from '../../../engine/findings/fingerprint.ts';
import { type MergeOptions, mergeFindings } from '../../../engine/findings/merge.ts';
import { type RiskWeights, riskOf } from '../../../engine/findings/risk.ts';
import { layers, type Owner } from '../../../engine/responsibility/layers.ts';
import { type CompiledServices, responsibilities } from '../../../engine/responsibility/services.ts';
import { check, either, here, resource, rule, storage, unset } from '../check/estates.ts';

const all = (owner: Owner) =>
  Object.fromEntries(layers.map((layer) => [layer, owner])) as CompiledServices['models']['PaaS'];
const services: CompiledServices = {
  models: { IaaS: all('customer'), PaaS: all('shared'), SaaS: all('microsoft') },
  concerns: {},
  beyondCode: {},
  services: [],
};
const weights: RiskWeights = {
  severity: { critical: 10, high: 6, medium: 3, low: 1 },
  exposure: { internet: 5, restricted: 3, unknown: 3, private: 2 },
  protects: { data: 2, identity: 2, guard: 2, other: 1 },
};
const options: MergeOptions = {
  responsibilityOf: responsibilities(services),
  relativePath: (uri: string) => uri.replace('file:///', ''),
  riskOf: (severity, _, exposure) => riskOf(severity, exposure, 'data', weights),
};
const tls = rule({
  require: { tls: { equals: '1.2' } },
  fix: { title: 'Fix it', effect: 'neutral', set: { tls: '1.2' } },
});
const merge = (raw: readonly RawFinding[]) => mergeFindings(raw, options).map(({ finding }) => finding);

describe('findings that share a place', () => {
  const shared = scalar('1.0', here());
  const call = (name: string) => ({ ...here(), name, instance: '' });

  it('are one, with instances, call sites and fixes listed', () => {
    const instances = [1, 2, 3].map((index) =>
      resource(storage, { tls: shared }, { address: `m${index}.sa`, calls: [call(`m${index}`)] }),
    );
    const raw = instances.flatMap((each) => check([each], [tls]).findings);
    const [merged] = mergeFindings(raw, options);
    expect(merged?.finding.instances).toEqual(['m1.sa', 'm2.sa', 'm3.sa']);
    expect(merged?.finding.related.map((each) => each.message)).toEqual(
      [1, 2, 3].map((index) => `module 'm${index}' is called here`),
    );
    expect(merged?.fixes).toHaveLength(3);
    expect(merged?.finding.fixable).toBe(true);
    expect(mergeFindings(raw, options)).toHaveLength(1);
  });

  it('name no instances when there is one, also when several roots deploy it', () => {
    const one = resource(storage, { tls: shared });
    const raw = [...check([one], [tls]).findings, ...check([one], [tls]).findings];
    expect(merge(raw).map((each) => each.instances)).toEqual([[]]);
  });

  it('take the strongest verdict', () => {
    const loose = resource(storage, { tls: either('prod', '1.2', shared) }, { instance: '[0]' });
    const sure = resource(storage, { tls: shared }, { instance: '[1]' });
    const [finding] = merge(check([loose, sure], [tls]).findings);
    expect(finding?.verdict).toBe('fail');
    expect(finding?.instances).toEqual(['storageAccounts[0]', 'storageAccounts[1]']);
  });

  it('list at most twenty related places', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      resource(storage, { tls: shared }, { address: `m${index}.sa`, calls: [call(`m${index}`)] }),
    );
    const [finding] = merge(check(many, [tls]).findings);
    expect(finding?.related).toHaveLength(20);
    expect(finding?.related.at(-1)?.message).toContain('(and 10 more)');
    expect(finding?.instances).toHaveLength(30);
  });

  it('come in the same order whatever order they were found in', () => {
    const resources = Array.from({ length: 5 }, (_, index) =>
      resource(storage, { tls: '1.0', a: 2 }, { address: `sa${index % 2}` }),
    );
    const other = rule({ require: { a: { equals: 1 } } }, 'test/other');
    const raw = check(resources, [tls, other]).findings;
    const expected = merge(raw);
    fc.assert(
      fc.property(fc.shuffledSubarray([...raw], { minLength: raw.length, maxLength: raw.length }), (shuffled) => {
        expect(merge(shuffled)).toEqual(expected);
      }),
    );
  });
});

describe('fingerprints', () => {
  it('stay when text moves, and differ for what is alike in one file', () => {
    const before = merge(check([resource(storage, { tls: '1.0' }), resource(storage, { tls: '1.0' })], [tls]).findings);
    here();
    const after = merge(check([resource(storage, { tls: '1.0' }), resource(storage, { tls: '1.0' })], [tls]).findings);
    expect(after.map((each) => each.fingerprint)).toEqual(before.map((each) => each.fingerprint));
    expect(new Set(before.map((each) => each.fingerprint)).size).toBe(2);
    expect(after[0]?.place).not.toEqual(before[0]?.place);
  });

  it('differ by rule, file, address and path', () => {
    const parts = { rule: 'a/b', file: 'main.bicep', address: 'sa', path: 'x', ordinal: 0 };
    const variants = [
      parts,
      { ...parts, rule: 'a/c' },
      { ...parts, file: 'other.bicep' },
      { ...parts, address: 'sb' },
      { ...parts, path: 'y' },
      { ...parts, ordinal: 1 },
    ];
    expect(new Set(variants.map(fingerprintOf)).size).toBe(variants.length);
  });

  it('are FNV-1a of 64 bits', () => {
    // Test vectors of the FNV specification.
    expect(hash64('')).toBe('cbf29ce484222325');
    expect(hash64('a')).toBe('af63dc4c8601ec8c');
    expect(hash64('foobar')).toBe('85944171f73967e8');
  });
});

describe('whose a finding is', () => {
  it('is the customer on a shared layer too', () => {
    expect(merge(check([resource(storage, { tls: '1.0' })], [tls]).findings)[0]?.owner).toBe('customer');
  });

  it('is not known for what is not determined: that is no finding', () => {
    expect(merge(check([resource(storage, { tls: unset('tls') })], [tls]).findings)).toEqual([]);
  });
});
