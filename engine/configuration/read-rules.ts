import { member, membersOf, type Part, readOneOf, report, requireKeys, suggestion } from '../check/document.ts';
import type { CompiledRule } from '../check/rule.ts';
import { type Data, describeKind, isDataArray, isDataObject } from '../functions/data.ts';
import type { Placed } from './read.ts';
import { type RuleSetting, ruleSeverities, type Setting } from './settings.ts';

/** The rules that a configuration can speak of. */
export interface RuleNames {
  /** The rules that an id means, ours or a peer's; empty for what nobody knows. */
  readonly named: (id: string) => readonly CompiledRule[];
  /** Our ids. */
  readonly all: () => readonly string[];
}

/** Reads `rules:`: for each rule its severity, or a map with `severity` and `options`. */
export function readRules(placed: Placed, part: Part | undefined, names: RuleNames): readonly RuleSetting[] {
  if (part === undefined) return [];
  return membersOf(part, `'rules'`).flatMap(([id, written]): readonly RuleSetting[] => {
    const rules = names.named(id);
    if (rules.length === 0) {
      const message = `There is no rule '${id}'.${suggestion(id, names.all())}`;
      part.problems.push({ path: written.path, message, onKey: true });
      return [];
    }
    return rules.map((rule, index) => readRule(placed, written, rule, index === 0));
  });
}

/** Of several rules that a peer's id means, problems are told with the first. */
function readRule(placed: Placed, written: Part, rule: CompiledRule, tell: boolean): RuleSetting {
  const part: Part = tell ? written : { ...written, problems: [] };
  const place = placed.placeOfKey(part.path);
  const options = new Map<string, Setting<Data>>();
  if (!isDataObject(part.data)) {
    const value = readOneOf(part, ruleSeverities, `What a rule is set to`);
    const severity = value === undefined ? undefined : { value, place: placed.placeOf(part.path) };
    return { rule: rule.id, place, severity, options };
  }
  requireKeys(part, ['severity', 'options'], `The setting of a rule`);
  const severityPart = member(part, 'severity');
  const value = readOneOf(severityPart, ruleSeverities, 'The severity');
  const optionsPart = member(part, 'options');
  for (const [name, option] of optionsPart === undefined ? [] : membersOf(optionsPart, `'options'`)) {
    if (readOption(option, name, rule)) options.set(name, { value: option.data, place: placed.placeOf(option.path) });
  }
  const severity =
    severityPart === undefined || value === undefined ? undefined : { value, place: placed.placeOf(severityPart.path) };
  return { rule: rule.id, place, severity, options };
}

/** Whether an option can be set to this: the rule has it, and the value is of the kind of its default. */
function readOption(part: Part, name: string, { id, options }: CompiledRule): boolean {
  const known = Object.keys(options ?? {});
  const usual = options?.[name];
  if (usual === undefined) {
    const message =
      known.length === 0
        ? `The rule '${id}' has no options.`
        : `The rule '${id}' has no option '${name}'.${suggestion(name, known)} It has ${known.join(', ')}.`;
    part.problems.push({ path: part.path, message, onKey: true });
    return false;
  }
  const fault = unlike(part.data, usual);
  if (fault !== undefined) report(part, `The option '${name}' ${fault}`);
  return fault === undefined;
}

/** What keeps a value from standing where another one stands usually; undefined when nothing does. */
function unlike(data: Data, usual: Data): string | undefined {
  if (usual === null) return undefined;
  if (isDataArray(usual)) {
    if (!isDataArray(data)) return `must be a list, not ${describeKind(data)}.`;
    const [first] = usual;
    const odd = first === undefined ? undefined : data.find((item) => describeKind(item) !== describeKind(first));
    return odd === undefined || first === undefined
      ? undefined
      : `is a list in which every item is ${describeKind(first)}; this one has ${describeKind(odd)}.`;
  }
  return describeKind(data) === describeKind(usual)
    ? undefined
    : `must be ${describeKind(usual)}, not ${describeKind(data)}.`;
}
