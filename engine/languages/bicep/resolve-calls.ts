import { asSecret, unknown } from '../../estate/make.ts';
import { callPure, undecidedCall } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { armFunctions } from '../../functions/arm-functions.ts';
import type { Span } from '../../text/span.ts';
import { tooLarge } from './resolve-bounds.ts';
import { azureFunctions, secretOf } from './resolve-calls-azure.ts';
import { collectionFunctions } from './resolve-calls-collections.ts';
import { fileFunctions } from './resolve-calls-files.ts';
import { lambdaFunctions } from './resolve-calls-lambdas.ts';
import { textFunctions } from './resolve-calls-texts.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type FoundFunction, findFunction, findNamespaceFunction } from './resolve-imports.ts';
import { declaredAs, type Local, type Scope } from './resolve-scope.ts';
import type { Call, Expression, MethodCall } from './syntax.ts';

/** A call that is being evaluated. */
export interface CallSite {
  readonly name: string;
  readonly span: Span;
  readonly origin: SourceOrigin;
  readonly scope: Scope;
}

/** Gives undefined where the function of known data knows better. */
export type ValueFunction = (args: readonly Value[], site: CallSite) => Value | undefined;

/** Takes its arguments unevaluated: some of them are lambdas. */
export type ExpressionFunction = (args: readonly Expression[], site: CallSite) => Value;

export function evaluateCall(expression: Call, scope: Scope): Value {
  const { name } = expression.name;
  const found = findFunction(name, scope.file);
  if (found !== undefined) return callUserFunction(found, expression.arguments, expression, scope);
  return callBuiltIn(name, expression.arguments, expression, scope);
}

export function evaluateMethodCall(expression: MethodCall, scope: Scope): Value {
  const { target, name } = expression;
  if (target.kind === 'variable') {
    const namespace = findNamespaceFunction(target.name, name.name, scope.file);
    if (namespace?.found !== undefined) {
      return callUserFunction(namespace.found, expression.arguments, expression, scope);
    }
    if (namespace !== undefined) {
      return namespace.imported
        ? unknown('error', `there is no function '${name.name}'`, scope.file.origin(expression))
        : unknown('module', `the file of '${target.name}' is not on this machine`, scope.file.origin(expression));
    }
    const isBuiltIn = target.name === 'az' || target.name === 'sys';
    if (isBuiltIn && !isNamed(target.name, scope)) {
      return callBuiltIn(name.name, expression.arguments, expression, scope);
    }
  }
  const owner = evaluate(target, scope);
  const args = expression.arguments.map((argument) => evaluate(argument, scope));
  const site: CallSite = { name: name.name, span: expression, origin: scope.file.origin(expression), scope };
  return secretOf([owner, ...args], site) ?? unknown('unsupported', `${name.name}() is not evaluated`, site.origin);
}

function isNamed(name: string, scope: Scope): boolean {
  if (declaredAs(name, scope) !== undefined || scope.file.source.symbols.names.has(name)) return true;
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind === 'value' && local.name === name) return true;
  }
  return false;
}

function callUserFunction(found: FoundFunction, args: readonly Expression[], call: Span, scope: Scope): Value {
  const { name } = found.declaration.name;
  if (found.file.source.symbols.cyclic.has(name))
    return unknown('error', `${name}() calls itself`, scope.file.origin(call));
  let locals: Local | undefined;
  found.declaration.parameters.forEach((parameter, index) => {
    const argument = args[index];
    const origin = scope.file.origin(call);
    const value =
      argument === undefined
        ? unknown('error', `argument '${parameter.name.name}' is missing`, origin)
        : evaluate(argument, scope);
    locals = { kind: 'value', name: parameter.name.name, value, step: 'argument', next: locals };
  });
  const identity = `${scope.identity}/${name}@${call.start}`;
  return evaluate(found.declaration.body, { file: found.file, locals, identity });
}

function callBuiltIn(name: string, args: readonly Expression[], call: Span, scope: Scope): Value {
  const site: CallSite = { name, span: call, origin: scope.file.origin(call), scope };
  const key = name.toLowerCase();
  const onExpressions = lambdaFunctions.get(key);
  if (onExpressions !== undefined) return onExpressions(args, site);
  if (key === 'nameof') return nameOf(args, site);
  const values = args.map((argument) => evaluate(argument, scope));
  const onValues =
    collectionFunctions.get(key) ?? textFunctions.get(key) ?? azureFunctions.get(key) ?? fileFunctions.get(key);
  const value = onValues?.(values, site) ?? (key.startsWith('list') ? secretOf(values, site) : undefined);
  return value ?? callKnown(key, values, site);
}

/** A call of a function that needs to know its arguments entirely. */
export function callKnown(key: string, values: readonly Value[], site: CallSite): Value {
  const pure = armFunctions.get(key);
  if (pure === undefined) {
    const reason = unknown('unsupported', `${site.name}() is not evaluated`, site.origin);
    return values.some((value) => value.secret) ? asSecret(reason) : reason;
  }
  if (tooLarge(values)) return unknown('budget', `the arguments of ${site.name}() are too large`, site.origin);
  return callPure(site.name, pure, values, site.origin);
}

/** `nameof(sa.properties.x)`: the last name in it. */
function nameOf(args: readonly Expression[], site: CallSite): Value {
  const [argument] = args;
  const name =
    argument?.kind === 'variable'
      ? argument.name
      : argument?.kind === 'member' || argument?.kind === 'nested'
        ? argument.name.name
        : undefined;
  return name === undefined
    ? unknown('error', 'nameof() takes a name', site.origin)
    : { kind: 'scalar', value: name, origin: site.origin, secret: false };
}

/** What a call gives that depends on something unknown: equal for equal arguments. */
export function undecided(values: readonly Value[], site: CallSite): Unknown {
  return undecidedCall(
    site.name,
    values,
    site.origin,
    values.some((value) => value.secret),
  );
}
