import { asSecret, through, unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { argumentOf, type DeclaredBlock } from './declarations.ts';
import { evaluate } from './resolve-evaluate.ts';
import { environmentOf, invalidValue, type ModuleScope, once, originOf } from './resolve-scope.ts';
import { converted } from './resolve-types.ts';

/** The value of `var.name`: what the caller gives, else the default, else unknown; of the type that is declared. */
export function variableValue(scope: ModuleScope, name: string, use: Origin): Value {
  const declared = scope.variables.get(name);
  if (declared === undefined) return invalidValue(`there is no variable '${name}'`, use);
  return once(scope, `var.${name}`, use, () => {
    const type = argumentOf(declared, 'type');
    const value = givenValue(scope, declared, name);
    const typed =
      type === undefined
        ? value
        : converted(type.node.value, value, `variable '${name}'`, (fallback) =>
            evaluate(fallback, environmentOf(scope, type.uri)),
          );
    return isFlag(declared, 'sensitive', true) ? asSecret(typed) : typed;
  });
}

function givenValue(scope: ModuleScope, declared: DeclaredBlock, name: string): Value {
  const given = scope.calling.argument(name);
  const isNull = given?.kind === 'absent' || (given?.kind === 'scalar' && given.value === null);
  if (given !== undefined && !(isNull && isFlag(declared, 'nullable', false))) return given;
  const fallback = argumentOf(declared, 'default');
  const identity = `${scope.calling.identity}var.${name}`;
  if (fallback === undefined)
    return unknown('parameter', `variable '${name}' has no value`, originOf(declared, declared.node), identity);
  const value = evaluate(fallback.node.value, environmentOf(scope, fallback.uri));
  const isBlank = value.kind === 'scalar' && value.value === '';
  if (!isBlank || !isFlag(declared, 'sensitive', true) || scope.calling.calls.length > 0) return value;
  // An empty default of a sensitive variable says that the secret is handed in at deployment.
  return unknown('parameter', `the sensitive variable '${name}' is handed in at deployment`, value.origin, identity);
}

/** Whether an argument is this boolean, written out. */
function isFlag(declared: DeclaredBlock, name: string, wanted: boolean): boolean {
  const value = argumentOf(declared, name)?.node.value;
  return value?.kind === 'boolean' && value.value === wanted;
}

/** The value of `local.name`. */
export function localValue(scope: ModuleScope, name: string, use: Origin): Value {
  const declared = scope.locals.get(name);
  if (declared === undefined) return invalidValue(`there is no local value '${name}'`, use);
  if (scope.circular.has(name)) return invalidValue(`the local value '${name}' needs itself`, use);
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
