import { and } from '../../estate/condition.ts';
import { absent, array, asSecret, type Member, object, through, unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { resolveRelative } from '../../text/uri.ts';
import { argumentOf } from './declarations.ts';
import { installedFolder } from './installed-modules.ts';
import { evaluate } from './resolve-evaluate.ts';
import { roundsOf } from './resolve-loops.ts';
import {
  type ChildModule,
  environmentOf,
  invalidValue,
  type ModuleScope,
  once,
  originOf,
  placeOf,
  scopeOf,
} from './resolve-scope.ts';

/** The instances of a module call; made once. */
export function childrenOf(scope: ModuleScope, name: string): readonly ChildModule[] {
  const known = scope.children.get(name);
  if (known !== undefined) return known;
  const declared = scope.modules.get(name);
  if (declared === undefined || scope.evaluating.has(`children ${name}`)) return [];
  scope.evaluating.add(`children ${name}`);
  const { run } = scope;
  const { uri, node } = declared;
  const environment = environmentOf(scope, uri);
  const folder = folderOfCall(scope, name);
  const place = { uri, start: node.start, end: node.labels[0]?.end ?? node.typeEnd };
  const made = roundsOf(declared, environment).map((round): ChildModule => {
    const child = { instance: round.instance, key: round.key };
    if (folder === undefined) return { ...child, scope: undefined };
    if (++run.moduleInstances > run.context.budget.moduleInstances) {
      run.report({ code: 'budget', message: 'There are more module instances than can be followed.', ...place });
      return { ...child, scope: undefined };
    }
    const outer = scope.calling.exists;
    const own = round.exists;
    const origin = originOf(environment, place);
    const identity = `${scope.calling.identity}module.${name}${round.instance}.`;
    const calling = {
      prefix: `${scope.calling.prefix}module.${name}.`,
      identity,
      calls: [...scope.calling.calls, { name, instance: round.instance, ...place }],
      exists: outer === undefined || own === undefined ? (outer ?? own) : and(outer, () => own, origin),
      argument: (argument: string): Value | undefined => {
        const written = argumentOf(declared, argument);
        if (written === undefined) return undefined;
        const at = { uri: written.uri, start: written.node.start, end: written.node.nameEnd };
        const value = evaluate(written.node.value, { ...round.environment, uri: written.uri });
        return through(value, 'argument', argument, at);
      },
      folders: [...scope.calling.folders, folder],
    };
    return { ...child, scope: scopeOf(run, scope.root, folder, calling, scope) };
  });
  scope.evaluating.delete(`children ${name}`);
  scope.children.set(name, made);
  return made;
}

/** The folder of a called module; reports why when there is none. */
function folderOfCall(scope: ModuleScope, name: string): string | undefined {
  const declared = scope.modules.get(name);
  const source = declared === undefined ? undefined : argumentOf(declared, 'source');
  if (source === undefined) return undefined;
  const { run } = scope;
  const place = placeOf(source, source.node.value);
  // Terraform wants plain text here; OpenTofu takes what is known before anything is deployed.
  const value = evaluate(source.node.value, environmentOf(scope, source.uri));
  if (value.kind !== 'scalar' || typeof value.value !== 'string') {
    const message = `Where the module '${name}' comes from is not known before it is deployed.`;
    run.reportUnresolved({ reference: name, message, command: undefined, ...place });
    return undefined;
  }
  const path = value.value;
  const local = /^\.\.?(\/|$)/.test(path);
  const folder = local
    ? resolveRelative(scope.folder, path.endsWith('/') ? path : `${path}/`)
    : installedFolder(scope.root, keyOf(scope, name), run.files, run.context);
  if (folder !== undefined && scope.calling.folders.includes(folder)) {
    run.report({ code: 'cycle', message: `The module '${name}' calls itself.`, ...place });
    return undefined;
  }
  if (scope.calling.folders.length > run.context.budget.moduleDepth) {
    run.report({ code: 'budget', message: 'Modules are nested too deeply.', ...place });
    return undefined;
  }
  if (folder !== undefined && run.files.module(folder, run.context).length > 0) return folder;
  if (local) run.report({ code: 'module-not-found', message: `There is no module in '${path}'.`, ...place });
  else {
    const message = `The module '${path}' is not on this machine.`;
    const command = run.usesOpenTofu() ? 'tofu init' : 'terraform init';
    run.reportUnresolved({ reference: path, message, command, ...place });
  }
  return undefined;
}

/** The call as the manifest of installed modules names it. */
function keyOf(scope: ModuleScope, name: string): string {
  return [...scope.calling.calls.map((call) => call.name), name].join('.');
}

/** The value of `module.name`: its outputs, or a collection of such where it is called in a loop. */
export function moduleValue(scope: ModuleScope, name: string, origin: Origin): Value {
  const declared = scope.modules.get(name);
  if (declared === undefined) return invalidValue(`there is no module '${name}'`, origin);
  const children = childrenOf(scope, name);
  const lacking = unknown(
    'module',
    `the module '${name}' is not known`,
    origin,
    `${scope.calling.identity}module.${name}`,
  );
  const outputsOf = (child: ChildModule): Value => {
    const inner = child.scope;
    if (inner === undefined) return lacking;
    const members = [...inner.outputs.keys()].map((key): [string, Member] => [key, () => outputValue(inner, key)]);
    return object(new Map(members), origin);
  };
  const [first] = children;
  if (children.some((child) => child.instance === '[*]')) return lacking;
  if (argumentOf(declared, 'count') !== undefined) return array(children.map(outputsOf), origin);
  if (argumentOf(declared, 'for_each') !== undefined)
    return object(new Map(children.map((child) => [String(child.key), () => outputsOf(child)])), origin);
  return first === undefined ? lacking : outputsOf(first);
}

/** The value of an output, evaluated once. */
export function outputValue(scope: ModuleScope, name: string): Value {
  const declared = scope.outputs.get(name);
  const value = declared === undefined ? undefined : argumentOf(declared, 'value');
  if (declared === undefined || value === undefined) {
    const place = declared === undefined ? { start: 0, end: 0 } : declared.node;
    return absent(originOf({ uri: declared?.uri ?? scope.folder }, place));
  }
  const environment = environmentOf(scope, value.uri);
  const { value: expression } = value.node;
  const result = once(scope, `output.${name}`, originOf(value, expression), () => evaluate(expression, environment));
  return isSensitive(scope, name) ? asSecret(result) : result;
}

export function isSensitive(scope: ModuleScope, name: string): boolean {
  const declared = scope.outputs.get(name);
  const sensitive = declared === undefined ? undefined : argumentOf(declared, 'sensitive')?.node.value;
  return sensitive?.kind === 'boolean' && sensitive.value;
}
