import { and } from '../../estate/condition.ts';
import { absent, array, type Member, object, reference, scalar, unknown } from '../../estate/make.ts';
import { isNothing } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import type { TerraformInstance } from './instance.ts';
import { providerVersions } from './provider-versions.ts';
import { blockBody } from './resolve-blocks.ts';
import { roundsOf } from './resolve-loops.ts';
import { type Environment, environmentOf, type ModuleScope, once, originOf } from './resolve-scope.ts';
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
  const made = roundsOf(node, environment).map((round): TerraformInstance => {
    const outer = scope.calling.exists ?? scalar(true, originOf(environment, header));
    const own = round.exists;
    return {
      type: type?.text ?? '',
      name: name?.text ?? '',
      address: scope.calling.prefix + key,
      instance: round.instance,
      exists: own === undefined ? outer : and(outer, () => own, originOf(environment, header)),
      body: blockBody(node.body, round.environment, originOf(environment, header), type?.text ?? ''),
      calls: scope.calling.calls,
      header,
      declaration: { uri, start: node.start, end: node.end },
      uri,
      node,
      provider: versions,
    };
  });
  scope.evaluating.delete(`instances ${key}`);
  scope.instances.set(key, made);
  return made;
}

/** The value of `type.name`: an instance, or the collection of those that a loop makes. */
export function resourceValue(scope: ModuleScope, key: string, origin: Origin): Value {
  const declared = scope.resources.get(key);
  if (declared === undefined) return unknown('error', `there is no resource '${key}'`, origin);
  const instances = instancesOf(scope, key);
  if (instances === undefined) return unknown('error', `'${key}' refers to itself`, origin);
  return once(scope, `resource ${key}`, origin, () => {
    const items = declared.node.body.items;
    const counted = items.some((item) => item.kind === 'attribute' && item.name === 'count');
    const keyed = items.some((item) => item.kind === 'attribute' && item.name === 'for_each');
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
  if (source.kind !== 'access' || source.source.kind !== 'variable') return undefined;
  if (environment.names.has(source.source.name)) return undefined;
  const key = `${source.source.name}.${source.name}`;
  if (!environment.scope.resources.has(key)) return undefined;
  const instances = instancesOf(environment.scope, key);
  const [only] = instances ?? [];
  return only?.instance === '[*]' ? instanceValue(environment.scope, only) : undefined;
}

/** What others see of an instance: its arguments, and for all else a reference to what Azure will say. */
function instanceValue(scope: ModuleScope, instance: TerraformInstance): ObjectValue {
  return seen(scope, instance, instance.body, []);
}

/** Computed attributes that the provider documents as sensitive: keys, connection strings, passwords, tokens, kubeconfigs. */
function isSecretAttribute(name: string): boolean {
  return (
    /(^|_)(access_key|shared_key|account_key|master_key|primary_key|secondary_key|connection_string|password|client_secret)$/.test(
      name,
    ) || /^(kube(_admin)?_config(_raw)?|site_credential|sas|primary_.*_key|secondary_.*_key)$/.test(name)
  );
}

function seen(
  scope: ModuleScope,
  instance: TerraformInstance,
  body: ObjectValue,
  path: readonly string[],
): ObjectValue {
  const { origin } = body;
  const name = instance.address + instance.instance;
  return {
    kind: 'object',
    keys: body.keys,
    get: (key) => {
      const written = body.get(key);
      if (written.kind === 'array' && written.items.some((item) => item.kind === 'object')) {
        const items = written.items.map((item, index) =>
          item.kind === 'object' ? seen(scope, instance, item, [...path, key, `[${index}]`]) : item,
        );
        return array(items, written.origin, written.open, written.secret);
      }
      if (!isNothing(written)) return written;
      const resource = scope.run.lens?.resourceOf(instance);
      const whole = [...path, key];
      if (resource !== undefined)
        return reference({ kind: 'resource', resource }, whole, origin, isSecretAttribute(key));
      const identity = `${scope.calling.identity}${name}.${whole.join('.')}`;
      return unknown(
        'deployment',
        `${name}.${whole.join('.')} is known after deployment`,
        origin,
        identity,
        isSecretAttribute(key),
      );
    },
    open: unknown(
      'deployment',
      `more of ${name} is known after deployment`,
      origin,
      `${scope.calling.identity}${name}`,
    ),
    origin,
    secret: false,
  };
}
