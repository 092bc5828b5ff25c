import { type Severity, severities } from '../findings/finding.ts';
import { type Protected, protectedThings, type RiskWeights } from '../findings/risk.ts';
import type { Data } from '../functions/data.ts';
import { compileCondition } from './compile-condition.ts';
import {
  type DocumentProblem,
  itemsIn,
  member,
  type Part,
  partOf,
  readOneOf,
  readText,
  readTexts,
  report,
  required,
  requireKeys,
} from './document.ts';
import { type Reach, reaches } from './exposure.ts';
import type { ExposureStep, ExposureTable } from './reach.ts';

/** What decides how urgent findings are, as the build stores it. Plain JSON. */
export interface CompiledRisk {
  readonly weights: RiskWeights;
  /** Resource types, in lower case, that open doors elsewhere. */
  readonly identity: readonly string[];
  /** The same for what stands before others. */
  readonly guard: readonly string[];
  readonly exposure: readonly ExposureTable[];
}

export interface CompiledRiskDocument {
  readonly risk: CompiledRisk;
  readonly problems: readonly DocumentProblem[];
}

/** Compiles the document of weights and exposure. Never throws. */
export function compileRisk(data: Data, patternProblem: (pattern: string) => string | undefined): CompiledRiskDocument {
  const problems: DocumentProblem[] = [];
  const part = partOf(data, problems);
  requireKeys(part, ['weights', 'identity', 'guard', 'exposure'], 'The document');
  const written = required(part, 'weights', 'The document', (each) => each);
  const weights: RiskWeights = {
    severity: readWeights<Severity>(written, 'severity', severities),
    exposure: readWeights<Reach>(written, 'exposure', reaches),
    protects: readWeights<Protected>(written, 'protects', protectedThings),
  };
  const typesUnder = (key: string): readonly string[] =>
    readTexts(member(part, key), `'${key}'`).map((type) => type.toLowerCase());
  const listed = required(part, 'exposure', 'The document', (each) => itemsIn(each, `'exposure'`)) ?? [];
  const seen = new Set<string>();
  const exposure = listed.map((each) => readTable(each, seen, patternProblem));
  return { risk: { weights, identity: typesUnder('identity'), guard: typesUnder('guard'), exposure }, problems };
}

function readWeights<Name extends string>(
  owner: Part | undefined,
  key: string,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  const part = owner === undefined ? undefined : required(owner, key, 'The weights', (each) => each);
  if (part !== undefined) requireKeys(part, names, `'${key}'`);
  const weightOf = (name: Name): number => {
    const weight = part === undefined ? undefined : required(part, name, `'${key}'`, (each) => each);
    if (weight === undefined) return 1;
    const { data } = weight;
    if (typeof data === 'number' && Number.isInteger(data) && data >= 1) return data;
    report(weight, 'A weight is a whole number of 1 or more.');
    return 1;
  };
  return Object.fromEntries(names.map((name) => [name, weightOf(name)])) as Record<Name, number>;
}

function readTable(
  part: Part,
  seen: Set<string>,
  patternProblem: (pattern: string) => string | undefined,
): ExposureTable {
  requireKeys(part, ['types', 'steps'], 'A table');
  const types = (required(part, 'types', 'A table', (each) => readTexts(each, `'types'`)) ?? []).map((type) =>
    type.toLowerCase(),
  );
  for (const type of types) {
    if (seen.has(type)) report(part, `'${type}' is listed twice.`);
    seen.add(type);
  }
  const steps = required(part, 'steps', 'A table', (each) => itemsIn(each, `'steps'`)) ?? [];
  return {
    types,
    steps: steps.flatMap((step): readonly ExposureStep[] => {
      requireKeys(step, ['when', 'reach', 'why'], 'A step');
      const reach = required(step, 'reach', 'A step', (each) => readOneOf(each, reaches, 'The reach'));
      const why = required(step, 'why', 'A step', (each) => readText(each, 'The reason'));
      const condition = member(step, 'when');
      const when = condition === undefined ? undefined : compileCondition(condition, { options: [], patternProblem });
      if (reach === undefined || why === undefined) return [];
      return [{ ...(when === undefined ? {} : { when }), reach, why }];
    }),
  };
}
