import { firstUnknown, isNothing, property } from '../../estate/operations.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import { isDataArray } from '../../functions/data.ts';
import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { suggestion } from '../document.ts';
import type { Evidence } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { describeValue } from '../message.ts';

/**
 * A tag that every resource has to carry, with a value that is known. Options: `tag`, its name; `values`, what it may say,
 * ignoring case; anything when there are none. Where tags are written and this one is not among them, the finding sits on
 * them: often many resources share them.
 */
export const tagValue: Check = (resource, context) => {
  const { tag, values } = context.options;
  const name = String(tag);
  const known = values !== undefined && isDataArray(values) ? values.map(String) : [];
  const path = [{ kind: 'key', key: 'tags' } as const, { kind: 'key', key: name } as const];
  const bound = wholeResource(resource);
  const value = read(context, bound, path);
  if (isNothing(value)) {
    if (context.providedElsewhere) {
      const detail = `whether something outside sets the tag '${name}' is not known`;
      return { verdict: 'undetermined', causes: [{ ...causeIn(value, bound, path, 'deployment'), detail }] };
    }
    const tags = context.assignment.resolve(property(resource.body, 'tags'));
    const detail = `The tag '${name}' is missing${known.length === 0 ? '' : `; it may say ${listOf(known)}`}.`;
    return { verdict: 'fail', evidence: [evidenceOf(resource, isNothing(tags) ? value : tags, path, detail)] };
  }
  if (value.kind !== 'scalar') {
    const open = firstUnknown([value]) ?? value;
    return { verdict: 'undetermined', causes: [causeIn(open, bound, path, 'unsupported')] };
  }
  const said = String(value.value);
  if (said !== '' && (known.length === 0 || known.some((each) => each.toLowerCase() === said.toLowerCase())))
    return { verdict: 'pass' };
  const near = suggestion(said, known);
  const detail = `The tag '${name}' says ${describeValue(value)}, which is no class.${near === '' ? ` It may say ${listOf(known)}.` : near}`;
  return { verdict: 'fail', evidence: [evidenceOf(resource, value, path, detail)] };
};

const listed = 8;

function listOf(values: readonly string[]): string {
  const some = values.slice(0, listed).map((each) => `'${each}'`);
  return values.length > listed ? `${some.join(', ')}, …` : some.join(', ');
}

function evidenceOf(resource: Resource, value: Value, path: Evidence['path'], detail: string): Evidence {
  return { value, path, resource, place: resource.header, missing: undefined, standsFor: undefined, detail };
}
