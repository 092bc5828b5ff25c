import type { Data } from '../functions/data.ts';
import { array, type Member, object, scalar } from './make.ts';
import type { Origin } from './origin.ts';
import type { Value } from './value.ts';

/** Known data as a value; every part of it has the same origin. */
export function fromData(data: Data, origin: Origin, secret = false): Value {
  if (data === null || typeof data !== 'object') return scalar(data, origin, secret);
  if (Array.isArray(data))
    return array(
      data.map((item) => fromData(item, origin, secret)),
      origin,
      undefined,
      secret,
    );
  const members = new Map<string, Member>();
  for (const [key, member] of Object.entries(data)) members.set(key, () => fromData(member, origin, secret));
  return object(members, origin, undefined, secret);
}

// Values may be large, go round in a circle, or hold the same part many times over: hence a budget.
const maximumParts = 1_000_000;
const maximumLevels = 400;

interface Budget {
  left: number;
}

/** A value as plain data, when all of it is known and it is not too large; undefined otherwise. Absent members are left out. */
export function toData(value: Value): Data | undefined {
  return dataWithin(value, 0, { left: maximumParts });
}

function dataWithin(value: Value, level: number, budget: Budget): Data | undefined {
  if (--budget.left < 0 || level > maximumLevels) return undefined;
  switch (value.kind) {
    case 'scalar':
      // Functions count with doubles, which hold no larger whole numbers.
      return value.digits !== undefined && !(Math.abs(Number(value.value)) <= Number.MAX_SAFE_INTEGER)
        ? undefined
        : value.value;
    case 'array': {
      if (value.open !== undefined) return undefined;
      const items: Data[] = [];
      for (const item of value.items) {
        const data = dataWithin(item, level + 1, budget);
        if (data === undefined) return undefined;
        items.push(data);
      }
      return items;
    }
    case 'object': {
      if (value.open !== undefined) return undefined;
      const members: Record<string, Data> = Object.create(null);
      for (const key of value.keys()) {
        const member = value.get(key);
        if (member.kind === 'absent') continue;
        const data = dataWithin(member, level + 1, budget);
        if (data === undefined) return undefined;
        members[key] = data;
      }
      return members;
    }
    case 'absent':
    case 'text':
    case 'choice':
    case 'reference':
    case 'unknown':
      return undefined;
  }
}

/** True when the value or anything in it is marked secret. Evaluates all of it, as far as the budget goes. */
export function holdsSecret(value: Value): boolean {
  return secretWithin(value, 0, { left: maximumParts });
}

function secretWithin(value: Value, level: number, budget: Budget): boolean {
  if (value.secret) return true;
  if (--budget.left < 0 || level > maximumLevels) return false;
  const inside = (part: Value): boolean => secretWithin(part, level + 1, budget);
  switch (value.kind) {
    case 'array':
      return value.open?.secret === true || value.items.some(inside);
    case 'object':
      return value.open?.secret === true || value.keys().some((key) => inside(value.get(key)));
    case 'text':
      return value.parts.some((part) => typeof part !== 'string' && inside(part));
    case 'choice':
      return value.options.some(inside);
    case 'scalar':
    case 'absent':
    case 'reference':
    case 'unknown':
      return false;
  }
}
