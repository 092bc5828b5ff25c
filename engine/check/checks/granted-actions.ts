import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import { isDataArray } from '../../functions/data.ts';
import type { Check, CheckContext } from '../check.ts';
import { type Bound, boundElement, read, wholeResource } from '../context.ts';
import type { Cause, Evidence } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { segmentsOf } from '../paths.ts';
import { scalarText } from '../security-rules.ts';

/**
 * Actions that a custom role grants: what its `actions` hold, wildcards read, less what its `notActions` take away, for each
 * set of permissions by itself. Options: `actions`, the ones that it must not grant; `besides`, entries that are left to
 * other rules.
 */
export const grantedActions: Check = (resource, context) => {
  const wanted = textsIn(context.options.actions);
  const besides = textsIn(context.options.besides);
  const whole = wholeResource(resource);
  const path = segmentsOf('properties.permissions');
  const list = read(context, whole, path);
  if (isNothing(list)) return { verdict: 'pass' };
  if (list.kind !== 'array') return { verdict: 'undetermined', causes: [causeIn(list, whole, path, 'unsupported')] };
  const evidence: Evidence[] = [];
  const causes: Cause[] = list.open === undefined ? [] : [causeIn(list.open, whole, path, 'unsupported')];
  let doubtful: Evidence[] = [];
  for (const [index, item] of itemsOf(list).entries()) {
    const bound = boundElement(whole, [...path, { kind: 'index', index }], item);
    const allowed = entriesOf(bound, 'actions', context, causes);
    const denials: Cause[] = [];
    const denied = entriesOf(bound, 'notActions', context, denials);
    const left = wanted.filter((action) => !denied.some((entry) => holds(entry.text, action)));
    for (const { text, value, path: at } of allowed) {
      if (besides.includes(text.toLowerCase())) continue;
      const granted = left.filter((action) => holds(text, action));
      if (granted.length === 0) continue;
      const found: Evidence = {
        value,
        path: at,
        resource,
        place: bound.place,
        missing: undefined,
        standsFor: undefined,
        detail: `It grants ${granted.join(', ')}.`,
      };
      if (denials.length === 0) evidence.push(found);
      else doubtful = [...doubtful, found];
    }
  }
  if (evidence.length > 0) return { verdict: 'fail', evidence };
  if (doubtful.length > 0) return { verdict: 'may-fail', evidence: doubtful };
  return causes.length > 0 ? { verdict: 'undetermined', causes } : { verdict: 'pass' };
};

function textsIn(option: CheckContext['options'][string] | undefined): readonly string[] {
  return option !== undefined && isDataArray(option) ? option.map((each) => String(each)) : [];
}

interface Entry {
  readonly text: string;
  readonly value: Value;
  readonly path: Bound['path'];
}

/** The known entries of a list; what is not known adds to the causes. */
function entriesOf(bound: Bound, name: string, context: CheckContext, causes: Cause[]): readonly Entry[] {
  const path = segmentsOf(name);
  const list = read(context, bound, path);
  if (isNothing(list)) return [];
  if (list.kind !== 'array') {
    causes.push(causeIn(list, bound, path, 'unsupported'));
    return [];
  }
  const entries: Entry[] = [];
  for (const [index, item] of itemsOf(list).entries()) {
    const value = context.assignment.resolve(item);
    const text = scalarText(value);
    const at = [...path, { kind: 'index', index } as const];
    if (text === undefined) causes.push(causeIn(value, bound, at, 'unsupported'));
    else entries.push({ text, value, path: [...bound.path, ...at] });
  }
  if (list.open !== undefined) causes.push(causeIn(list.open, bound, path, 'unsupported'));
  return entries;
}

/** Whether an entry, in which `*` stands for any text, holds an action. Linear: each part is looked for once, in order. */
function holds(entry: string, action: string): boolean {
  const parts = entry.toLowerCase().split('*');
  const lower = action.toLowerCase();
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return lower === first;
  if (!lower.startsWith(first) || !lower.endsWith(last) || lower.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of others) {
    const at = lower.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= lower.length - last.length;
}
