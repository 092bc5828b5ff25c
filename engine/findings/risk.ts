import type { Exposure, Reach } from '../check/exposure.ts';
import type { Severity } from './finding.ts';

/** What a resource protects, the most worth first. */
export const protectedThings = ['data', 'identity', 'guard', 'other'] as const;

export type Protected = (typeof protectedThings)[number];

/** How much each step of the three scales counts. */
export interface RiskWeights {
  readonly severity: Readonly<Record<Severity, number>>;
  readonly exposure: Readonly<Record<Reach, number>>;
  readonly protects: Readonly<Record<Protected, number>>;
}

/** How urgent a finding is: severity x exposure x what is protected. */
export interface Risk {
  /** From 1 to 100: the share of the highest that the weights allow, rounded up. */
  readonly score: number;
  readonly exposure: Reach;
  readonly protects: Protected;
  /** One line: `high (6) × reached from the Internet, as its firewall lets every address in (5) × holds data (2)`. */
  readonly reason: string;
}

const reachNames: Readonly<Record<Reach, string>> = {
  internet: 'reached from the Internet',
  restricted: 'reached from some addresses',
  unknown: 'reach unknown',
  private: 'not reached from outside',
};

const protectedNames: Readonly<Record<Protected, string>> = {
  data: 'holds data',
  identity: 'grants access',
  guard: 'guards what lies behind it',
  other: 'neither holds data nor grants access',
};

/** The risk of a finding. Deterministic: the same three answers make the same risk. */
export function riskOf(severity: Severity, exposure: Exposure, protects: Protected, weights: RiskWeights): Risk {
  const factors = [weights.severity[severity], weights.exposure[exposure.reach], weights.protects[protects]] as const;
  const product = factors[0] * factors[1] * factors[2];
  const score = Math.ceil((100 * product) / highest(weights));
  const reason = `${severity} (${factors[0]}) × ${reachNames[exposure.reach]}, as ${exposure.why} (${factors[1]}) × ${protectedNames[protects]} (${factors[2]})`;
  return { score, exposure: exposure.reach, protects, reason };
}

function highest({ severity, exposure, protects }: RiskWeights): number {
  const most = (scale: Readonly<Record<string, number>>): number => Math.max(...Object.values(scale));
  return most(severity) * most(exposure) * most(protects);
}
