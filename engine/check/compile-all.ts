import type { Data } from '../functions/data.ts';
import { compileLens, mergeLenses } from '../languages/terraform/lens-compile.ts';
import { LensError } from '../languages/terraform/lens-compile-data.ts';
import type { CompiledLens } from '../languages/terraform/lens-model.ts';
import { compileServices } from '../responsibility/compile-services.ts';
import { type CompiledServices, layersOf } from '../responsibility/services.ts';
import { checkSubjects } from './check-subjects.ts';
import { compileRule } from './compile.ts';
import { compileFacts, joinFacts } from './compile-facts.ts';
import { type CompiledRisk, compileRisk } from './compile-risk.ts';
import type { DocumentProblem } from './document.ts';
import type { CompiledFacts } from './facts.ts';
import { patternProblem as linearProblem } from './linear-pattern.ts';
import { splitPattern } from './pattern.ts';
import { limitedProperties, type VersionFacts } from './property-versions.ts';
import type { CompiledRule, RuleExample, RuleText } from './rule.ts';

/** What has to be loaded before anything can be checked. Plain JSON. */
export interface CheckData {
  readonly rules: readonly CompiledRule[];
  readonly facts: CompiledFacts;
  readonly services: CompiledServices;
  readonly risk: CompiledRisk;
}

export interface CompiledDocuments {
  readonly checks: CheckData;
  /** The tables between Terraform's attributes and Azure's properties: large, and needed for Terraform only. */
  readonly lens: CompiledLens;
  readonly texts: readonly RuleText[];
  readonly examples: ReadonlyMap<string, readonly RuleExample[]>;
  /** Each with its file and line. */
  readonly problems: readonly string[];
}

/** A document that was read from YAML, and how a problem in it is told. */
export interface SourceDocument {
  readonly data: Data;
  readonly problems: readonly string[];
  readonly describe: (problem: DocumentProblem) => string;
}

export interface SourceDocuments {
  readonly services: SourceDocument | undefined;
  readonly risk: SourceDocument | undefined;
  readonly rules: readonly (SourceDocument & { readonly id: string })[];
  readonly facts: readonly SourceDocument[];
  readonly lens: readonly SourceDocument[];
  readonly versions: VersionFacts;
}

/** Compiles everything that ships: rules, facts, lens tables and services. */
export function compileDocuments(documents: SourceDocuments): CompiledDocuments {
  const problems: string[] = [];
  const note = (document: SourceDocument, found: readonly DocumentProblem[]): void => {
    for (const problem of found) problems.push(document.describe(problem));
  };
  const usable = <T extends SourceDocument>(all: readonly T[]): readonly T[] => {
    for (const each of all) problems.push(...each.problems);
    return all.filter((each) => each.problems.length === 0);
  };
  const rules: CompiledRule[] = [];
  const texts: RuleText[] = [];
  const examples = new Map<string, readonly RuleExample[]>();
  for (const document of usable(documents.rules)) {
    const compiled = compileRule(document.id, document.data, { checks: checkSubjects, patternProblem });
    note(document, compiled.problems);
    if (compiled.rule === undefined || compiled.text === undefined) continue;
    rules.push(compiled.rule);
    texts.push(compiled.text);
    examples.set(document.id, compiled.examples);
  }
  const facts = usable(documents.facts).map((document) => {
    const compiled = compileFacts(document.data, patternProblem);
    note(document, compiled.problems);
    return compiled.facts;
  });
  const lens = compileTables(usable(documents.lens), note);
  const services = compileServices(documents.services?.data ?? { models: {}, concerns: {}, services: {} });
  if (documents.services !== undefined) {
    problems.push(...documents.services.problems);
    note(documents.services, services.problems);
  }
  const risk = compileRisk(documents.risk?.data ?? {}, patternProblem);
  if (documents.risk !== undefined) {
    problems.push(...documents.risk.problems);
    note(documents.risk, risk.problems);
  }
  for (const document of documents.rules) {
    const rule = rules.find(({ id }) => id === document.id);
    const message = rule === undefined ? undefined : layerProblem(rule, services.services);
    if (message !== undefined) note(document, [{ path: ['layer'], message }]);
  }
  const versions = limitedProperties(rules, documents.versions);
  const checks = { rules, facts: { ...joinFacts(facts), versions }, services: services.services, risk: risk.risk };
  return { checks, lens, texts, examples, problems };
}

function compileTables(
  documents: readonly SourceDocument[],
  note: (document: SourceDocument, found: readonly DocumentProblem[]) => void,
): CompiledLens {
  let all: CompiledLens = { types: {} };
  for (const document of documents) {
    try {
      all = mergeLenses([all, compileLens(document.data)]);
    } catch (error) {
      if (!(error instanceof LensError)) throw error;
      // Its messages begin with the Terraform type that they are about.
      const [type] = /^\w+/.exec(error.message) ?? [];
      note(document, [{ path: type === undefined ? [] : [type], message: error.message }]);
    }
  }
  return all;
}

/** One table says which layers a concern is about; a rule keeps to it. */
function layerProblem(rule: CompiledRule, services: CompiledServices): string | undefined {
  for (const type of rule.types.length === 0 ? ['*'] : rule.types) {
    const layers = layersOf(services, type, rule.concern);
    if (!layers.includes(rule.layer))
      return `A rule about ${rule.concern} of ${type} names one of these layers: ${layers.join(', ')}.`;
  }
  return undefined;
}

/** Patterns that ship run in JavaScript's engine and must mean the same in RE2, so both have to take them. */
export function patternProblem(pattern: string): string | undefined {
  const linear = linearProblem(pattern);
  if (linear !== undefined) return linear;
  try {
    new RegExp(splitPattern(pattern).source, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
