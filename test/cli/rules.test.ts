import { describe, expect, it } from 'vitest';
import { Workbench } from './run.ts';

const bench = new Workbench();

function ids(...args: readonly string[]): readonly string[] {
  const { out } = bench.run('rules', '--format', 'json', ...args);
  return (JSON.parse(out) as { readonly rules: readonly { readonly id: string }[] }).rules.map(({ id }) => id);
}

describe('demarc rules', () => {
  it('lists all rules, or those that words and filters leave', () => {
    const all = ids();
    expect(all.length).toBeGreaterThan(20);
    expect(all).toEqual([...all].sort());
    const byPeer = ids('ckv_azure_3');
    expect(byPeer).toContain('storage/secure-transfer');
    expect(byPeer.length).toBeLessThan(all.length);
    expect(ids('secure-transfer', 'storage')).toEqual(['storage/secure-transfer']);
    expect(ids('no-such-thing')).toEqual([]);
    const critical = ids('--severity', 'critical');
    expect(critical).toContain('network/management-ports');
    expect(critical).not.toContain('storage/secure-transfer');
    const both = ids('--severity', 'critical', '--severity', 'high');
    expect(both.length).toBeGreaterThan(critical.length);
    expect(ids('--layer', 'network-controls', '--concern', 'encryption')).toContain('storage/secure-transfer');
    expect(ids('--fixable').length).toBeLessThanOrEqual(all.length);
    expect(bench.run('rules', '--severity', 'severe').code).toBe(2);
  });

  it('shows what demarc.yaml makes of them', () => {
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: off, storage/min-tls: low }\n' });
    const { code, out } = bench.run('rules', 'storage/');
    expect(code).toBe(0);
    expect(out).toMatch(/^off +storage\/secure-transfer +Storage/m);
    expect(out).toMatch(/^low +storage\/min-tls /m);
    expect(out).toMatch(/of them off here/);
    bench.write({
      'demarc.yaml':
        'classification: { classes: { secret: { rules: { storage/infrastructure-encryption: high, storage/min-tls: off } } } }\n',
    });
    const classed = bench.run('rules', 'storage/').out;
    expect(classed).toMatch(/^off +storage\/infrastructure-encryption .*\(high for secret\)$/m);
    expect(classed).toMatch(/^high +storage\/min-tls .*\(off for secret\)$/m);
    expect(bench.run('config').out).toMatch(/^storage\/infrastructure-encryption \(secret\) +high +demarc\.yaml:1:/m);
    expect(bench.run('config').out).toMatch(/^governance\/classified\.values +\["secret"\] +demarc\.yaml:1:1$/m);
    bench.write({ 'demarc.yaml': 'ruls: {}\n' });
    expect(bench.run('rules').code).toBe(2);
  });
});
