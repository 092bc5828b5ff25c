import type { Finding } from '../engine/findings/finding.ts';

/** A finding with everything that one must have; tests say what matters to them. */
export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'a/b',
    aliases: [],
    severity: 'high',
    risk: {
      score: 60,
      exposure: 'internet',
      protects: 'data',
      reason: 'high (6) × reached from the Internet, as it answers everybody (5) × holds data (2)',
    },
    verdict: 'fail',
    layer: 'network-controls',
    owner: 'customer',
    place: { uri: 'file:///a', start: 0, end: 1 },
    resource: { address: 'a', type: 'A.B/c', name: 'a' },
    message: 'Wrong.',
    fixable: true,
    instances: [],
    sets: [],
    related: [],
    fingerprint: '',
    ...parts,
  };
}
