import { distribute } from '../../estate/condition.ts';
import { hasExactly, unknown } from '../../estate/make.ts';
import { element, isNothing, property } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { isSetValue } from './resolve-collections.ts';

/** `value.name`: an error where there is certainly no such attribute. */
export function attributeOf(value: Value, name: string, origin: Origin): Value {
  return distribute([value], origin, ([each = value]) => {
    if (isNothing(each)) return unknown('error', `'${name}' is read of nothing`, origin, undefined, each.secret);
    if (each.kind === 'object' && each.open === undefined && !hasExactly(each, name))
      return unknown('error', `there is no attribute '${name}'`, origin, undefined, each.secret);
    return property(each, name);
  });
}

/** `value[key]`: an error where there is certainly no such element. */
export function elementOf(value: Value, key: Value, origin: Origin): Value {
  return distribute([value, key], origin, ([from = value, wanted = key]) => {
    const wrong = (message: string): Value => unknown('error', message, origin, undefined, from.secret);
    if (isNothing(from) || isNothing(wanted)) return wrong('an index of nothing, or with nothing');
    if (from.kind === 'scalar' || from.kind === 'text') return wrong('an index of something that is no collection');
    if (wanted.kind === 'array' || wanted.kind === 'object') return wrong('an index has to be a text or a number');
    if (wanted.kind !== 'scalar') return element(from, wanted, origin);
    if (from.kind === 'object')
      return from.open === undefined && !hasExactly(from, String(wanted.value))
        ? wrong(`there is no element '${wanted.value}'`)
        : element(from, wanted, origin);
    if (from.kind !== 'array') return element(from, wanted, origin);
    if (isSetValue(from)) return wrong('the elements of a set have no index');
    const index = Number(wanted.value);
    if (typeof wanted.value === 'boolean' || wanted.value === '' || !Number.isInteger(index) || index < 0)
      return wrong(`there is no element ${wanted.value}`);
    return element(from, wanted, origin);
  });
}
