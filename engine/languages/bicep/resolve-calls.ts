import { type CallSite, callKnown } from '../../estate/function-calls.ts';
import { azureFunctions, secretOf } from '../../estate/functions-azure.ts';
import { collectionFunctions } from '../../estate/functions-collections.ts';
import { type Lambda, lambdaFunctions } from '../../estate/functions-lambdas.ts';
import { textFunctions } from '../../estate/functions-texts.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { unknown } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import type { Span } from '../../text/span.ts';
import { fileFunctions } from './resolve-calls-files.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type FoundFunction, findFunction, findNamespaceFunction } from './resolve-imports.ts';
import { declaredAs, type Local, type Scope, withLocal } from './resolve-scope.ts';
import { literalText } from './symbols.ts';
import type { Call, Expression, MethodCall } from './syntax.ts';

/** A call of Bicep that is being evaluated. */
export interface BicepCallSite extends CallSite {
  readonly span: Span;
  readonly scope: Scope;
}

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
  const site = siteOf(name.name, expression, scope);
  return secretOf([owner, ...args], site) ?? unknown('unsupported', `${name.name}() is not evaluated`, site.origin);
}

function siteOf(name: string, span: Span, scope: Scope): BicepCallSite {
  return { name, span, origin: scope.file.origin(span), deployment: scope.file.call, scope };
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
  const site = siteOf(name, call, scope);
  const key = name.toLowerCase();
  const onLambdas = lambdaFunctions.get(key);
  if (onLambdas !== undefined) {
    return onLambdas(
      args.map((argument) => ({ value: () => evaluate(argument, scope), lambda: lambdaOf(argument, scope) })),
      site,
    );
  }
  if (key === 'nameof') return nameOf(args, site);
  const loaded = key === 'json' ? loadedAsJson(args, site) : undefined;
  if (loaded !== undefined) return loaded;
  const values = args.map((argument) => evaluate(argument, scope));
  const onValues = collectionFunctions.get(key) ?? textFunctions.get(key) ?? azureFunctions.get(key);
  const value =
    onValues?.(values, site) ??
    fileFunctions.get(key)?.(values, site) ??
    (key.startsWith('list') ? secretOf(values, site) : undefined);
  return blamedOnCaller(value ?? callKnown(key, values, site), values, site.origin);
}

/** `json(loadTextContent('x.json'))` is read as `loadJsonContent` would: what is in it then has its places in that file. */
function loadedAsJson([argument]: readonly Expression[], site: BicepCallSite): Value | undefined {
  if (argument?.kind === 'parenthesized') return loadedAsJson([argument.expression], site);
  if (argument?.kind !== 'call' || argument.name.name.toLowerCase() !== 'loadtextcontent') return undefined;
  const [path] = argument.arguments;
  if (path === undefined || argument.arguments.length > 1) return undefined;
  const value = fileFunctions.get('loadjsoncontent')?.([evaluate(path, site.scope)], site);
  return value?.kind === 'unknown' ? undefined : value;
}

/** `nameof(sa.properties.x)`, `nameof(tags['x-y'])`: the last name in it. */
function nameOf(args: readonly Expression[], site: CallSite): Value {
  const [argument] = args;
  const name =
    argument?.kind === 'variable'
      ? argument.name
      : argument?.kind === 'member' || argument?.kind === 'nested'
        ? argument.name.name
        : argument?.kind === 'index' && argument.index.kind === 'string'
          ? literalText(argument.index)
          : undefined;
  return name === undefined
    ? unknown('error', 'nameof() takes a name', site.origin)
    : { kind: 'scalar', value: name, origin: site.origin, secret: false };
}

function lambdaOf(expression: Expression, scope: Scope): Lambda {
  if (expression.kind === 'parenthesized') return lambdaOf(expression.expression, scope);
  if (expression.kind !== 'lambda') return undefined;
  return (args, turn) => {
    let inner: Scope = { ...scope, identity: `${scope.identity}[${expression.start}:${turn}]` };
    expression.parameters.forEach((parameter, index) => {
      const value = args[index];
      if (value !== undefined) inner = withLocal(inner, parameter.name, value, 'loop');
    });
    return evaluate(expression.body, inner);
  };
}
