import { isNothing, property } from '../estate/operations.ts';
import { printPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import type { RelatedPlace, Severity } from '../findings/finding.ts';
import { severities } from '../findings/finding.ts';
import type { CompiledCondition } from './condition-types.ts';
import { type Bound, wholeResource } from './context.ts';
import { describeValue } from './message.ts';
import { placeOfValue } from './place.ts';
import type { CompiledRule } from './rule.ts';

/** Classes of data, and what they make of the rules for what is declared in a file. */
export interface Classes {
  /** The tag that names the class of a resource. */
  readonly tag: string;
  /** The classes, each with what the tag says where it is meant. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The severity of a rule for a class, or that it is off; undefined where it is as everywhere. */
  readonly severityOf: (rule: CompiledRule, name: string) => Severity | 'off' | undefined;
}

/** What a resource holds, by its tag or that of what it is a part of. */
export type ResourceClass =
  /** Neither it nor what it is a part of has the tag, or the tag says what is no class. */
  | { readonly kind: 'none' }
  | { readonly kind: 'class'; readonly name: string; readonly tag: Tag }
  /** What the tag says is not known, or not the same under every condition. */
  | { readonly kind: 'open'; readonly tag: Tag };

/** A tag as a resource has it. */
export interface Tag {
  readonly name: string;
  readonly value: Value;
  /** What has the tag: the resource, or one that it is a part of. */
  readonly carrier: Resource;
}

/** Why a rule looks at a resource otherwise than everywhere: a class of data, by its tag. */
export interface Held {
  readonly severity: Severity | 'off';
  /** The class; several where it is not known which of them it is. */
  readonly names: readonly string[];
  readonly tag: Tag;
  /** What has to hold for the rule to apply, where the class is not known. */
  readonly guard: Guard | undefined;
}

export interface Guard {
  readonly bound: Bound;
  readonly condition: CompiledCondition;
}

const none: ResourceClass = { kind: 'none' };

/** The classes of an estate's resources; each is looked up once. */
export class Classifier {
  readonly #classesIn: (uri: string) => Classes | undefined;
  readonly #all: readonly Classes[];
  readonly #known = new Map<Resource, ResourceClass>();

  /** `all`: the classes that some file of the estate has. */
  constructor(classesIn: (uri: string) => Classes | undefined, all: readonly Classes[]) {
    this.#classesIn = classesIn;
    this.#all = all;
  }

  /** Whether a rule is on for some class. */
  concerns(rule: CompiledRule): boolean {
    return this.#all.some((classes) => [...classes.values.keys()].some((name) => isOn(classes.severityOf(rule, name))));
  }

  classOf(resource: Resource): ResourceClass {
    const known = this.#known.get(resource);
    if (known !== undefined) return known;
    const classes = this.#classesIn(resource.declaration.uri);
    const found = classes === undefined ? none : classify(resource, classes);
    this.#known.set(resource, found);
    return found;
  }

  /** What the class of a resource makes of a rule; undefined where the rule is for it as it is everywhere. */
  holds(rule: CompiledRule, resource: Resource): Held | undefined {
    const classes = this.#classesIn(resource.declaration.uri);
    const found = this.classOf(resource);
    if (classes === undefined || found.kind === 'none') return undefined;
    const { tag } = found;
    if (found.kind === 'class') {
      const severity = classes.severityOf(rule, found.name);
      return severity === undefined ? undefined : { severity, names: [found.name], tag, guard: undefined };
    }
    const names = [...classes.values.keys()].filter((name) => isOn(classes.severityOf(rule, name)));
    const severity = severities.find((each) => names.some((name) => classes.severityOf(rule, name) === each));
    if (severity === undefined) return undefined;
    return { severity, names, tag, guard: guardOf(classes, names, tag) };
  }
}

function isOn(severity: Severity | 'off' | undefined): boolean {
  return severity !== undefined && severity !== 'off';
}

function classify(resource: Resource, classes: Classes): ResourceClass {
  // What is a part of something holds what that holds, unless it says otherwise itself.
  for (let carrier: Resource | undefined = resource; carrier !== undefined; carrier = carrier.parent) {
    const value = property(property(carrier.body, 'tags'), classes.tag);
    if (isNothing(value)) continue;
    const tag = { name: classes.tag, value, carrier };
    const meant = classNamed(value, classes);
    return meant === undefined ? { kind: 'open', tag } : meant === '' ? none : { kind: 'class', name: meant, tag };
  }
  return none;
}

/** The class that a tag names; empty for none, undefined where that depends. */
function classNamed(value: Value, classes: Classes): string | undefined {
  if (value.kind === 'choice') {
    const [first, ...others] = value.options.map((option) => classNamed(option, classes));
    return others.every((other) => other === first) ? first : undefined;
  }
  if (isNothing(value)) return '';
  if (value.kind !== 'scalar') return undefined;
  const said = String(value.value).toLowerCase();
  for (const [name, values] of classes.values) if (values.some((each) => each.toLowerCase() === said)) return name;
  return '';
}

/** That the tag says what names one of these classes. */
function guardOf(classes: Classes, names: readonly string[], { name, carrier }: Tag): Guard {
  const path = printPath([
    { kind: 'key', key: 'tags' },
    { kind: 'key', key: name },
  ]);
  const values = names.flatMap((each) => classes.values.get(each) ?? []);
  const tests = [{ op: 'exists', value: true } as const, { op: 'in', values } as const];
  return { bound: wholeResource(carrier), condition: { op: 'value', path, tests } };
}

/** Why a finding is one, for its message. */
export function describeHeld({ names, tag, guard }: Held, judged: Resource): string {
  const { name, value, carrier } = tag;
  const whose = carrier === judged ? `Its tag '${name}'` : `The tag '${name}' of ${carrier.address}`;
  if (guard !== undefined) return `Data of class ${names.map((each) => `'${each}'`).join(' or ')} asks for this.`;
  const says = value.kind === 'scalar' ? ` says ${describeValue(value)}, and` : ' says what it holds:';
  return `${whose}${says} data of class '${names.join()}' asks for this.`;
}

/** Where the class is said. */
export function placeOfClass({ names, tag }: Held): RelatedPlace {
  const { uri, start, end } = placeOfValue(tag.value, tag.carrier.header);
  return { uri, start, end, message: `class '${names.join(`' or '`)}' is said here` };
}
