import { type Step, stepsOf } from '../estate/origin.ts';
import { printPath } from '../estate/path.ts';
import type { Call, Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import type { RelatedPlace } from '../findings/finding.ts';
import type { Place } from '../text/span.ts';
import type { Decision } from './assignment.ts';
import type { Evidence } from './evidence.ts';
import type { Fault } from './judge.ts';

export interface Located {
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
}

const maximumSteps = 8;

/** Where the value of some evidence is written, or where it is missing. */
export function placeOfValue(value: Value, missingIn: Place): Place {
  const { origin } = value;
  if (value.kind === 'absent') return missingIn;
  return origin.kind === 'address' ? missingIn : { uri: origin.uri, start: origin.start, end: origin.end };
}

/**
 * Where a fault is shown: at the value as it was written, at the end of its way through parameters and modules. Where the
 * author cannot edit that file, at the nearest place on the way from there to the root that can be edited. Undefined when
 * there is none.
 */
export function locate(fault: Fault, judged: Resource, isEditable: (uri: string) => boolean): Located | undefined {
  const [first, ...others] = fault.evidence;
  if (first === undefined) return undefined;
  const written = placeOfValue(first.value, first.place);
  const steps = stepsOf(first.value.origin).slice(0, maximumSteps);
  const calls = first.resource.calls.toReversed();
  const ways: readonly Place[] = [written, ...steps.toReversed(), first.place, ...calls];
  const place = ways.find((each) => isEditable(each.uri));
  if (place === undefined) return undefined;
  const related: RelatedPlace[] = [];
  if (place !== written) related.push(at(written, 'the value is written here'));
  for (const step of steps) related.push({ ...at(step, describeStep(step)), step: true });
  for (const other of others) related.push(at(placeOfValue(other.value, other.place), describeOther(other)));
  for (const decision of fault.when) related.push(...describeDecision(decision));
  if (first.resource !== judged)
    related.push(at(judged.header, `it concerns ${judged.address}, which is declared here`));
  for (const call of calls) related.push(at(call, describeCall(call)));
  return { place: bare(place), related: related.filter((each) => !samePlace(each, place)) };
}

function at(place: Place, message: string): RelatedPlace {
  return { uri: place.uri, start: place.start, end: place.end, message };
}

function bare(place: Place): Place {
  return { uri: place.uri, start: place.start, end: place.end };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.start === b.start && a.end === b.end;
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case 'parameter':
      return `used as parameter '${step.name}' here`;
    case 'parameter-file':
      return `set for parameter '${step.name}' by a parameter file here`;
    case 'argument':
      return `passed as parameter '${step.name}' here`;
    case 'variable':
      return `used as '${step.name}' here`;
    case 'output':
      return `taken from output '${step.name}' here`;
    case 'loop':
      return `used as loop variable '${step.name}' here`;
    case 'part':
      return 'the value is made of it here';
    case 'attribute':
      return `read from '${step.name}' here`;
  }
}

function describeOther(evidence: Evidence): string {
  const path = printPath(evidence.path);
  return path === '' ? 'this belongs to it as well' : `'${path}' belongs to it as well`;
}

function describeDecision({ choice, alternative }: Decision): readonly RelatedPlace[] {
  const { origin } = choice;
  if (origin.kind === 'address') return [];
  const text = choice.condition.alternatives[alternative] ?? 'this condition is decided so';
  return [at(origin, `only when ${text}`)];
}

export function describeCall(call: Call): string {
  return `module '${call.name}${call.instance}' is called here`;
}
