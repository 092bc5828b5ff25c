import {
  member,
  membersOf,
  type Part,
  readOneOf,
  readText,
  report,
  requireKeys,
  suggestion,
} from '../check/document.ts';
import { profiles } from '../check/rule.ts';
import { isDataArray } from '../functions/data.ts';
import { concerns } from '../responsibility/layers.ts';
import type { Placed } from './read.ts';
import type { RuleNames } from './read-rules.ts';
import {
  type ClassificationSettings,
  type ClassSetting,
  classificationKeys,
  classKeys,
  type RuleSeverity,
  ruleSeverities,
  type Setting,
} from './settings.ts';

/** Reads `classification:`: the tag, and for each class its values and what it asks for. */
export function readClassification(
  placed: Placed,
  part: Part | undefined,
  names: RuleNames,
): ClassificationSettings | undefined {
  if (part === undefined) return undefined;
  const place = placed.placeOfKey(part.path);
  const written = membersOf(part, `'classification'`);
  requireKeys(part, classificationKeys, 'A classification');
  const tagPart = member(part, 'tag');
  const tag = readText(tagPart, 'The tag');
  const classesPart = member(part, 'classes');
  const classes = classesPart === undefined ? [] : membersOf(classesPart, `'classes'`);
  if (written.length === 0) return undefined;
  return {
    place,
    tag: tagPart === undefined || tag === undefined ? undefined : { value: tag, place: placed.placeOf(tagPart.path) },
    classes: distinct(classes.map(([name, each]) => readClass(placed, name, each, names))),
  };
}

interface ReadClass {
  readonly setting: ClassSetting;
  readonly parts: readonly Part[];
}

/** One value cannot mean two classes. */
function distinct(classes: readonly ReadClass[]): readonly ClassSetting[] {
  const known = new Map<string, string>();
  for (const { setting, parts } of classes) {
    const values = setting.values.length > 0 ? setting.values.map(({ value }) => value) : [setting.name];
    values.forEach((value, index) => {
      const other = known.get(value.toLowerCase());
      const part = parts[index];
      if (other === undefined) known.set(value.toLowerCase(), setting.name);
      else if (other !== setting.name && part !== undefined) report(part, `'${value}' means class '${other}' already.`);
    });
  }
  return classes.map(({ setting }) => setting);
}

function readClass(placed: Placed, name: string, part: Part, names: RuleNames): ReadClass {
  const place = placed.placeOfKey(part.path);
  // A class that asks for nothing of its own is written without anything behind its name.
  if (part.data === null) {
    const setting = { name, place, values: [], profile: undefined, requires: [], rules: new Map() };
    return { setting, parts: [part] };
  }
  membersOf(part, `The class '${name}'`);
  requireKeys(part, classKeys, 'A class');
  const valueParts = textsIn(member(part, 'values'), 'The values');
  const values = valueParts.map(([value, each]) => ({ value, place: placed.placeOf(each.path) }));
  const profilePart = member(part, 'profile');
  const profile = readOneOf(profilePart, profiles, 'A profile');
  return {
    setting: {
      name,
      place,
      values,
      profile:
        profilePart === undefined || profile === undefined
          ? undefined
          : { value: profile, place: placed.placeOf(profilePart.path) },
      requires: readRequired(placed, member(part, 'requires'), names),
      rules: readClassRules(placed, member(part, 'rules'), names),
    },
    parts: valueParts.length > 0 ? valueParts.map(([, each]) => each) : [part],
  };
}

/** Concerns, and rules by our id or a peer's. */
function readRequired(placed: Placed, part: Part | undefined, names: RuleNames): readonly Setting<string>[] {
  return textsIn(part, `'requires'`).flatMap(([written, each]) => {
    const isConcern = concerns.some((concern) => concern === written);
    const meant = isConcern ? [written] : names.named(written).map(({ id }) => id);
    if (meant.length === 0) {
      const near = suggestion(written, [...concerns, ...names.all()]);
      report(each, `There is no concern and no rule '${written}'.${near}`);
    }
    return meant.map((value) => ({ value, place: placed.placeOf(each.path) }));
  });
}

/** The severity of each rule for the class, or `off`. */
function readClassRules(
  placed: Placed,
  part: Part | undefined,
  names: RuleNames,
): ReadonlyMap<string, Setting<RuleSeverity>> {
  const rules = new Map<string, Setting<RuleSeverity>>();
  for (const [id, written] of part === undefined ? [] : membersOf(part, `'rules' of a class`)) {
    const meant = names.named(id);
    if (meant.length === 0) {
      const message = `There is no rule '${id}'.${suggestion(id, names.all())}`;
      written.problems.push({ path: written.path, message, onKey: true });
    }
    const value = readOneOf(written, ruleSeverities, 'What a rule is set to for a class');
    if (value === undefined) continue;
    for (const rule of meant) rules.set(rule.id, { value, place: placed.placeOf(written.path) });
  }
  return rules;
}

/** A text or a list of texts, each with where it stands. */
function textsIn(part: Part | undefined, what: string): readonly (readonly [string, Part])[] {
  if (part === undefined) return [];
  const parts = isDataArray(part.data)
    ? part.data.map((data, index): Part => ({ data, path: [...part.path, index], problems: part.problems }))
    : [part];
  return parts.flatMap((each) => {
    const text = readText(each, what);
    return text === undefined ? [] : [[text, each] as const];
  });
}
