import { type Data, isDataArray, isDataObject } from '../functions/data.ts';
import { checkPath, compileCondition } from './compile-condition.ts';
import type { CompiledCondition } from './condition-types.ts';
import {
  type DocumentProblem,
  itemsIn,
  member,
  membersOf,
  type Part,
  partOf,
  readText,
  report,
  required,
  requireKeys,
} from './document.ts';
import type { CompiledDefault, CompiledFact, CompiledFacts } from './facts.ts';
import { factKey, segmentsOf } from './paths.ts';
import { parseApiVersion } from './versions.ts';

export interface CompiledFactsDocument {
  readonly facts: CompiledFacts;
  readonly problems: readonly DocumentProblem[];
}

/**
 * Compiles one file of facts: resource types (keys with a `/`) with what the absence of their properties means, and tables
 * under other keys. Never throws.
 */
export function compileFacts(
  data: Data,
  patternProblem: (pattern: string) => string | undefined,
): CompiledFactsDocument {
  const problems: DocumentProblem[] = [];
  const types: Record<string, Record<string, CompiledFact>> = {};
  const tables: Record<string, Data> = {};
  for (const [key, part] of membersOf(partOf(data, problems), 'Facts')) {
    if (!key.includes('/')) {
      tables[key] = part.data;
      continue;
    }
    const ofType: Record<string, CompiledFact> = {};
    for (const [path, entry] of membersOf(part, 'The facts of a type')) {
      checkPath(path, entry, true);
      const fact = compileFact(path, entry, patternProblem);
      if (fact !== undefined) ofType[keyOf(path)] = fact;
    }
    types[key.toLowerCase()] = ofType;
  }
  return { facts: { types, tables, versions: {} }, problems };
}

function keyOf(path: string): string {
  try {
    return factKey(segmentsOf(path));
  } catch {
    // It was reported as malformed.
    return path.toLowerCase();
  }
}

function compileFact(
  path: string,
  part: Part,
  patternProblem: (pattern: string) => string | undefined,
): CompiledFact | undefined {
  requireKeys(part, ['absent', 'source', 'note'], 'A fact');
  const source = required(part, 'source', 'A fact', (each) => readText(each, 'The source'));
  const absent = required(part, 'absent', 'A fact', (each) => compileAbsent(each, patternProblem));
  return source === undefined || absent === undefined ? undefined : { path, absent, source };
}

function compileAbsent(
  part: Part,
  patternProblem: (pattern: string) => string | undefined,
): CompiledFact['absent'] | undefined {
  if (part.data === 'none') return 'none';
  if (!isDataArray(part.data)) return report(part, `'absent' is 'none' or a list of { value: … }.`);
  const defaults: CompiledDefault[] = [];
  for (const item of itemsIn(part, `'absent'`)) {
    requireKeys(item, ['value', 'from', 'until', 'where'], 'A default');
    if (!isDataObject(item.data)) {
      report(item, 'A default is a map such as { value: false }.');
      continue;
    }
    const value = required(item, 'value', 'A default', (each) => each);
    const from = readDate(member(item, 'from'));
    const until = readDate(member(item, 'until'));
    const where = readWhere(member(item, 'where'), patternProblem);
    if (value === undefined) continue;
    defaults.push({
      value: value.data,
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      ...(where === undefined ? {} : { where }),
    });
  }
  return defaults;
}

function readWhere(
  part: Part | undefined,
  patternProblem: (pattern: string) => string | undefined,
): CompiledCondition | undefined {
  return part === undefined ? undefined : compileCondition(part, { options: [], patternProblem });
}

/** An API version's date as `YYYYMMDD`. */
function readDate(part: Part | undefined): number | undefined {
  if (part === undefined) return undefined;
  const version = typeof part.data === 'string' ? parseApiVersion(part.data) : undefined;
  return version?.date ?? report(part, 'A bound is an API version such as 2023-05-01.');
}

/** Several files of facts as one. Of two facts about one property the later file's counts. */
export function joinFacts(parts: readonly CompiledFacts[]): CompiledFacts {
  const types: Record<string, Record<string, CompiledFact>> = {};
  const tables: Record<string, Data> = {};
  for (const part of parts) {
    for (const [type, facts] of Object.entries(part.types)) types[type] = { ...types[type], ...facts };
    Object.assign(tables, part.tables);
  }
  return { types, tables, versions: {} };
}
