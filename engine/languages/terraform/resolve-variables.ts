import { array, asSecret, choice, type Member, object, scalar, through, unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type Environment, environmentOf, type ModuleScope, once, originOf } from './resolve-scope.ts';
import { type Expression, findAttribute } from './syntax.ts';

/** The value of `var.name`: what the caller gives, else the default, else unknown. */
export function variableValue(scope: ModuleScope, name: string, use: Origin): Value {
  const declared = scope.variables.get(name);
  if (declared === undefined) return unknown('error', `there is no variable '${name}'`, use);
  return once(scope, `var.${name}`, use, () => {
    const environment = environmentOf(scope, declared.uri);
    const fallback = findAttribute(declared.node.body, 'default');
    const type = findAttribute(declared.node.body, 'type');
    const nullable = findAttribute(declared.node.body, 'nullable')?.value;
    let given = scope.calling.argument(name);
    if (given?.kind === 'scalar' && given.value === null && nullable?.kind === 'boolean' && !nullable.value)
      given = undefined;
    const value =
      given ??
      (fallback === undefined
        ? unknown(
            'parameter',
            `variable '${name}' has no value`,
            originOf(environment, declared.node),
            `${scope.calling.identity}var.${name}`,
          )
        : evaluate(fallback.value, environment));
    const typed = type === undefined ? value : completed(type.value, value, environment, 0);
    const sensitive = findAttribute(declared.node.body, 'sensitive')?.value;
    return sensitive?.kind === 'boolean' && sensitive.value ? asSecret(typed) : typed;
  });
}

/** The value of `local.name`. */
export function localValue(scope: ModuleScope, name: string, use: Origin): Value {
  const declared = scope.locals.get(name);
  if (declared === undefined) return unknown('error', `there is no local value '${name}'`, use);
  return once(scope, `local.${name}`, use, () => evaluate(declared.node.value, environmentOf(scope, declared.uri)));
}

/** The values of parameter files, of which the last that names a variable counts. */
export function parameterFileValues(scope: ModuleScope, uris: readonly string[]): (name: string) => Value | undefined {
  const { run } = scope;
  const values = new Map<string, () => Value>();
  for (const uri of uris) {
    const source = run.files.get(uri, run.context);
    if (source === undefined) {
      run.report({ code: 'parameter-file', message: 'The variable file cannot be read.', uri, start: 0, end: 0 });
      continue;
    }
    for (const item of source.file.body.items) {
      if (item.kind !== 'attribute') continue;
      const place = { uri, start: item.start, end: item.nameEnd };
      values.set(item.name, () =>
        through(evaluate(item.value, environmentOf(scope, uri)), 'parameter-file', item.name, place),
      );
    }
  }
  return (name) => values.get(name)?.();
}

/** The value as its type constraint makes it: defaults of `optional()` filled in, however deep. */
function completed(type: Expression, value: Value, environment: Environment, depth: number): Value {
  if (type.kind !== 'call' || depth > 32) return value;
  if (value.kind === 'choice') {
    const options = value.options.map((option) => completed(type, option, environment, depth));
    return choice(value.condition, options, value.origin);
  }
  const [inner, fallback] = type.arguments;
  if (inner === undefined) return value;
  switch (type.name) {
    case 'optional': {
      const missing = value.kind === 'absent' || (value.kind === 'scalar' && value.value === null);
      if (!missing) return completed(inner, value, environment, depth + 1);
      if (fallback === undefined) return scalar(null, value.origin);
      return completed(inner, evaluate(fallback, environment), environment, depth + 1);
    }
    case 'list':
    case 'set':
      if (value.kind !== 'array') return value;
      return array(
        value.items.map((item) => completed(inner, item, environment, depth + 1)),
        value.origin,
        value.open,
        value.secret,
      );
    case 'map':
      if (value.kind !== 'object') return value;
      return object(
        new Map(
          value
            .keys()
            .map((key): [string, Member] => [key, () => completed(inner, value.get(key), environment, depth + 1)]),
        ),
        value.origin,
        value.open,
        value.secret,
      );
    case 'object': {
      if (value.kind !== 'object' || inner.kind !== 'object') return value;
      const members = new Map<string, Member>(value.keys().map((key) => [key, () => value.get(key)]));
      for (const item of inner.items) {
        if (item.name === undefined) continue;
        const name = item.name;
        members.set(name, () => completed(item.value, value.get(name), environment, depth + 1));
      }
      return object(members, value.origin, value.open, value.secret);
    }
    default:
      return value;
  }
}
