import { isIdPath, resourceIdOf } from '../estate/link.ts';
import { unknown } from '../estate/make.ts';
import { isNothing } from '../estate/operations.ts';
import type { ArrayValue, Reference, Scalar, Text, Value } from '../estate/value.ts';
import type { Data } from '../functions/data.ts';
import type { LengthBound, Operand, OptionReference, ScalarTest } from './condition-types.ts';
import type { EvaluationContext } from './context.ts';

/** True, false, or undefined when it is not known. */
export type Truth = boolean | undefined;

export function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** Whether a value passes a test that has no condition inside. `value` is no choice. */
export function passesTest(test: ScalarTest, value: Value, context: EvaluationContext): Truth {
  switch (test.op) {
    case 'exists':
      return test.value ? isThere(value) : negate(isThere(value));
    case 'empty':
      return test.value ? isEmpty(value, context) : negate(isEmpty(value, context));
    case 'equals':
      return equalTo(value, operandData(test.value, context));
    case 'notEquals':
      return negate(equalTo(value, operandData(test.value, context)));
    case 'in':
      return someTruth(operandList(test.values, context).map((data) => equalTo(value, data)));
    case 'notIn':
      return negate(someTruth(operandList(test.values, context).map((data) => equalTo(value, data))));
    case 'matches':
      return matchesPattern(value, patternOf(test.pattern, context), context);
    case 'notMatches':
      return negate(matchesPattern(value, patternOf(test.pattern, context), context));
    case 'atLeast':
    case 'atMost':
    case 'above':
    case 'below':
      return withinBound(value, test.op, operandData(test.value, context));
    case 'contains':
      return containing(value, operandData(test.value, context), context);
    case 'startsWith':
      return affixed(value, operandData(test.value, context), 'start');
    case 'endsWith':
      return affixed(value, operandData(test.value, context), 'end');
    case 'length':
      return lengthWithin(value, test.bounds, context);
    case 'refersTo':
      return refersTo(value, test.types);
  }
}

export function operandData(operand: Operand, context: EvaluationContext): Data {
  return typeof operand === 'object' && operand !== null ? context.option(operand.option) : operand;
}

/** The values of a list; an option among them that is a list adds its items. */
function operandList(operands: readonly Operand[] | OptionReference, context: EvaluationContext): readonly Data[] {
  const written = 'option' in operands ? [operands] : operands;
  return written.flatMap((operand): Data | readonly Data[] => operandData(operand, context));
}

function patternOf(pattern: string | OptionReference, context: EvaluationContext): string {
  return typeof pattern === 'string' ? pattern : String(context.option(pattern.option) ?? '');
}

/** True when one is true, false when all are false. */
export function someTruth(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

function isThere(value: Value): Truth {
  if (isNothing(value)) return false;
  if (value.kind === 'unknown') return undefined;
  // References to a resource or its id are there; what else Azure will say of it may be null.
  return value.kind === 'reference' && !isIdPath(value) ? undefined : true;
}

function isEmpty(value: Value, context: EvaluationContext): Truth {
  switch (value.kind) {
    case 'absent':
      return true;
    case 'scalar':
      return value.value === null || value.value === '';
    case 'text':
      return value.parts.some((part) => typeof part === 'string' && part !== '') ? false : undefined;
    case 'array':
      if (value.items.length > 0) return false;
      return value.open === undefined ? true : undefined;
    case 'object': {
      let doubtful = value.open !== undefined;
      for (const key of value.keys()) {
        const member = context.assignment.resolve(value.get(key));
        if (isThere(member) === true) return false;
        doubtful ||= isThere(member) === undefined;
      }
      return doubtful ? undefined : true;
    }
    case 'reference':
      return isIdPath(value) ? false : undefined;
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/** Texts are equal ignoring case, and a number or boolean equals the text that spells it: Azure and Terraform convert. */
export function sameScalar(a: Scalar['value'], b: Data): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof b === 'object') return false;
  if (typeof a === typeof b) return typeof a === 'string' && a.toLowerCase() === String(b).toLowerCase();
  return String(a).toLowerCase() === String(b).toLowerCase();
}

function equalTo(value: Value, wanted: Data): Truth {
  switch (value.kind) {
    case 'absent':
      return wanted === null ? true : undefined;
    case 'scalar':
      return sameScalar(value.value, wanted);
    case 'text':
      return typeof wanted === 'string' ? couldSpell(value, wanted.toLowerCase()) : wanted === null ? false : undefined;
    case 'array':
    case 'object':
      return false;
    case 'reference':
      return typeof wanted === 'string' ? undefined : wanted === null ? negate(isThere(value)) : undefined;
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/** False when the known parts of a text cannot be found in `wanted` (lower case), in order and without overlap. */
function couldSpell(text: Text, wanted: string): Truth {
  let from = 0;
  const last = text.parts.length - 1;
  for (let index = 0; index <= last; index++) {
    const part = text.parts[index];
    if (typeof part !== 'string') continue;
    const written = part.toLowerCase();
    if (index === 0) {
      if (!wanted.startsWith(written)) return false;
      from = written.length;
    } else if (index === last) {
      if (wanted.length - written.length < from || !wanted.endsWith(written)) return false;
    } else {
      const found = wanted.indexOf(written, from);
      if (found < 0) return false;
      from = found + written.length;
    }
  }
  return undefined;
}

function matchesPattern(value: Value, pattern: string, context: EvaluationContext): Truth {
  if (value.kind === 'scalar') return value.value !== null && context.matches(pattern, String(value.value));
  return value.kind === 'array' || value.kind === 'object' ? false : undefined;
}

function withinBound(value: Value, op: LengthBound['op'], bound: Data): Truth {
  if (value.kind !== 'scalar') return value.kind === 'array' || value.kind === 'object' ? false : undefined;
  if (value.value === null) return false;
  const number = typeof value.value === 'string' && value.value.trim() !== '' ? Number(value.value) : value.value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  return compareNumber(number, op, Number(bound));
}

function compareNumber(number: number, op: LengthBound['op'], bound: number): boolean {
  switch (op) {
    case 'atLeast':
      return number >= bound;
    case 'atMost':
      return number <= bound;
    case 'above':
      return number > bound;
    case 'below':
      return number < bound;
    case 'equals':
      return number === bound;
  }
}

function containing(value: Value, wanted: Data, context: EvaluationContext): Truth {
  if (value.kind === 'array') {
    const found = someTruth(value.items.map((item) => equalTo(context.assignment.resolve(item), wanted)));
    return found === false && value.open !== undefined ? undefined : found;
  }
  return affixed(value, wanted, 'anywhere');
}

function affixed(value: Value, wanted: Data, where: 'start' | 'end' | 'anywhere'): Truth {
  const searched = String(wanted).toLowerCase();
  switch (value.kind) {
    case 'scalar':
      return value.value !== null && hasAffix(String(value.value).toLowerCase(), searched, where);
    case 'text':
      return textAffixed(value, searched, where);
    case 'array':
    case 'object':
      return false;
    case 'reference': {
      const text = spelledId(value);
      return text === undefined ? undefined : textAffixed(text, searched, where);
    }
    case 'absent':
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/** An id as far as it can be spelled: what stands in front of its provider is not known. Undefined for other references. */
function spelledId(value: Reference): Text | undefined {
  if (!isIdPath(value)) return undefined;
  const { type, names } = value.target.kind === 'resource' ? value.target.resource : value.target.id;
  const [namespace, ...kinds] = type.split('/');
  const parts: (string | Value)[] = [unknown('deployment', 'the scope of an id', value.origin)];
  let written = `/providers/${namespace}`;
  for (let index = 0; index < kinds.length; index++) {
    const name = names[index];
    if (name === undefined) return undefined;
    written += `/${kinds[index]}/`;
    if (name.kind === 'scalar') written += String(name.value);
    else {
      parts.push(written, name);
      written = '';
    }
  }
  if (written !== '') parts.push(written);
  return { kind: 'text', parts, origin: value.origin, secret: false };
}

function hasAffix(text: string, searched: string, where: 'start' | 'end' | 'anywhere'): boolean {
  if (where === 'start') return text.startsWith(searched);
  return where === 'end' ? text.endsWith(searched) : text.includes(searched);
}

function textAffixed(text: Text, searched: string, where: 'start' | 'end' | 'anywhere'): Truth {
  if (where === 'anywhere') {
    return text.parts.some((part) => typeof part === 'string' && part.toLowerCase().includes(searched))
      ? true
      : undefined;
  }
  const part = where === 'start' ? text.parts[0] : text.parts[text.parts.length - 1];
  if (typeof part !== 'string') return undefined;
  const written = part.toLowerCase();
  if (written.length >= searched.length) return hasAffix(written, searched, where);
  // The known part is shorter: it either contradicts what is searched, or leaves it open.
  return hasAffix(searched, written, where) ? undefined : false;
}

function lengthWithin(value: Value, bounds: readonly LengthBound[], context: EvaluationContext): Truth {
  let answer: Truth = true;
  for (const bound of bounds) {
    const within = oneLengthBound(value, bound, Number(operandData(bound.value, context)));
    if (within === false) return false;
    if (within === undefined) answer = undefined;
  }
  return answer;
}

function oneLengthBound(value: Value, bound: LengthBound, wanted: number): Truth {
  switch (value.kind) {
    case 'array':
      return openLength(value, bound.op, wanted);
    case 'scalar':
      return compareNumber(value.value === null ? 0 : String(value.value).length, bound.op, wanted);
    case 'object':
      return value.open === undefined ? compareNumber(value.keys().length, bound.op, wanted) : undefined;
    case 'absent':
    case 'text':
    case 'reference':
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/** An open array has at least its known items. */
function openLength(value: ArrayValue, op: LengthBound['op'], wanted: number): Truth {
  const { length } = value.items;
  if (value.open === undefined) return compareNumber(length, op, wanted);
  if (op === 'atLeast') return length >= wanted ? true : undefined;
  if (op === 'above') return length > wanted ? true : undefined;
  if (op === 'atMost') return length > wanted ? false : undefined;
  if (op === 'below') return length >= wanted ? false : undefined;
  return length > wanted ? false : undefined;
}

function refersTo(value: Value, types: readonly string[]): Truth {
  if (isNothing(value)) return false;
  const type = referredType(value);
  return type === undefined ? undefined : types.some((each) => each.toLowerCase() === type.toLowerCase());
}

/** The type of what an id points to; undefined when that is not known. */
export function referredType(value: Value): string | undefined {
  switch (value.kind) {
    case 'reference':
      if (!isIdPath(value)) return undefined;
      return value.target.kind === 'resource' ? value.target.resource.type : value.target.id.type;
    case 'scalar':
    case 'text':
      return resourceIdOf(value)?.type;
    case 'absent':
    case 'object':
    case 'array':
    case 'choice':
    case 'unknown':
      return undefined;
  }
}
