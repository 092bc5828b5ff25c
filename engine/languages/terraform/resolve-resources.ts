import { and } from '../../estate/condition.ts';
import { absent, array, asSecret, type Member, object, reference, scalar, unknown } from '../../estate/make.ts';
import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import { argumentOf, type DeclaredBlock } from './declarations.ts';
import type { TerraformInstance } from './instance.ts';
import { providerVersions } from './provider-versions.ts';
import { resourceBody } from './resolve-blocks.ts';
import { roundsOf } from './resolve-loops.ts';
import { type Environment, environmentOf, invalidValue, type ModuleScope, once, originOf } from './resolve-scope.ts';
import { isSecretAttribute } from './secret-attributes.ts';
import type { Expression } from './syntax.ts';

/** The instances of a resource block, by `type.name`; made once. */
export function instancesOf(scope: ModuleScope, key: string): readonly TerraformInstance[] | undefined {
  const known = scope.instances.get(key);
  if (known !== undefined) return known;
  const declared = scope.resources.get(key);
  // A count that needs its own resource: Terraform rejects it, and nothing can be said.
  if (declared === undefined || scope.evaluating.has(`instances ${key}`)) return undefined;
  scope.evaluating.add(`instances ${key}`);
  const { uri, node } = declared;
  const environment = environmentOf(scope, uri);
  const [type, name] = node.labels;
  const header = { uri, start: node.start, end: name?.end ?? node.typeEnd };
  const provider = type?.text.split('_')[0] ?? '';
  const versions = providerVersions(scope.locks.get(provider), scope.constraints.get(provider) ?? []);
  const made = roundsOf(declared, environment).map((round): TerraformInstance => {
    const outer = scope.calling.exists ?? scalar(true, originOf(environment, header));
    const own = round.exists;
    return {
      existing: node.type !== 'resource',
      type: type?.text ?? '',
      name: name?.text ?? '',
      address: scope.calling.prefix + key,
      instance: round.instance,
      exists: own === undefined ? outer : and(outer, () => own, originOf(environment, header)),
      body: resourceBody(declared, round.environment, originOf(environment, header), type?.text ?? ''),
      calls: scope.calling.calls,
      header,
      declaration: { uri, start: node.start, end: node.end },
      uri,
      node: isEditable(declared) ? node : undefined,
      provider: versions,
    };
  });
  scope.evaluating.delete(`instances ${key}`);
  scope.instances.set(key, made);
  return made;
}

/** Edits are made in native syntax, and where nothing else overrides them. */
function isEditable({ uri, overrides }: DeclaredBlock): boolean {
  return overrides.length === 0 && !uri.endsWith('.json');
}

/** The value of `type.name`: an instance, or the collection of those that a loop makes. */
export function resourceValue(scope: ModuleScope, key: string, origin: Origin): Value {
  const declared = scope.resources.get(key);
  if (declared === undefined) return invalidValue(`there is no resource '${key}'`, origin);
  const instances = instancesOf(scope, key);
  if (instances === undefined) return invalidValue(`'${key}' refers to itself`, origin);
  return once(scope, `resource ${key}`, origin, () => {
    const counted = argumentOf(declared, 'count') !== undefined;
    const keyed = argumentOf(declared, 'for_each') !== undefined;
    const [first] = instances;
    if (!counted && !keyed) return first === undefined ? absent(origin) : instanceValue(scope, first);
    const known = instances.filter((each) => each.instance !== '[*]');
    const open =
      known.length === instances.length
        ? undefined
        : unknown('unsupported', `the instances of '${key}' are not known`, origin, `${scope.calling.identity}${key}`);
    if (counted)
      return array(
        known.map((each) => instanceValue(scope, each)),
        origin,
        open,
      );
    const members = known.map((each): [string, Member] => [
      String(JSON.parse(each.instance.slice(1, -1))),
      () => instanceValue(scope, each),
    ]);
    return object(new Map(members), origin, open);
  });
}

/** `type.name[…]` where one symbolic instance stands for all: that one, whatever the index. */
export function symbolicValue(source: Expression, environment: Environment, _origin: Origin): Value | undefined {
  const key = keyOf(source);
  if (key === undefined || environment.names.has(key.slice(0, key.indexOf('.')))) return undefined;
  if (!environment.scope.resources.has(key)) return undefined;
  const instances = instancesOf(environment.scope, key);
  const [only] = instances ?? [];
  return only?.instance === '[*]' ? instanceValue(environment.scope, only) : undefined;
}

/** `type.name` or `data.type.name` as it is written. */
function keyOf(source: Expression): string | undefined {
  if (source.kind !== 'access') return undefined;
  const outer = source.source.kind === 'variable' ? source.source.name : keyOf(source.source);
  return outer === undefined ? undefined : `${outer}.${source.name}`;
}

/** What others see of an instance: its arguments, and for all else a reference to what Azure will say. */
function instanceValue(scope: ModuleScope, instance: TerraformInstance): ObjectValue {
  return seen(scope, instance, instance.body, []);
}

function seen(
  scope: ModuleScope,
  instance: TerraformInstance,
  body: ObjectValue,
  path: readonly string[],
): ObjectValue {
  const { origin } = body;
  const name = instance.address + instance.instance;
  const reason = instance.existing ? 'data' : 'deployment';
  const why = instance.existing ? 'is what Azure has' : 'is known after deployment';
  return {
    kind: 'object',
    keys: () => body.keys(),
    get: (key) => {
      const secret = isSecretAttribute(instance.type, key, instance.body);
      const written = body.get(key);
      if (written.kind === 'array' && written.items.some((item) => item.kind === 'object')) {
        const items = itemsOf(written).map((item, index) =>
          item.kind === 'object' ? seen(scope, instance, item, [...path, key, `[${index}]`]) : item,
        );
        return array(items, written.origin, written.open, written.secret);
      }
      if (!isNothing(written)) return secret ? asSecret(written) : written;
      const whole = [...path, key];
      const resource = scope.run.lens?.resourceOf(instance);
      // What else is read of something that exists is Azure's answer, and a fact of no resource of the estate.
      if (resource !== undefined && (!instance.existing || whole.join('.') === 'id'))
        return reference({ kind: 'resource', resource }, idPath(whole), origin, secret);
      const attribute = `${name}.${whole.join('.')}`;
      return unknown(reason, `${attribute} ${why}`, origin, `${scope.calling.identity}${attribute}`, secret);
    },
    open: unknown(reason, `more of ${name} ${why}`, origin, `${scope.calling.identity}${name}`),
    origin,
    secret: false,
  };
}

/** Some types have an id of another kind, and the resource's own under another name. */
function idPath(path: readonly string[]): readonly string[] {
  return path.length === 1 && /^resource_(manager|versionless)?_?id$/.test(path[0] ?? '') ? ['id'] : path;
}
