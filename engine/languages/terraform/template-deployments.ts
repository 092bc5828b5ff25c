import type { ModuleResult } from '../../estate/context.ts';
import { object, unknown } from '../../estate/make.ts';
import { callPure, isNothing, property } from '../../estate/operations.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import { terraformFunctions } from '../../functions/terraform-functions.ts';
import { fileNameOf, resolveRelative } from '../../text/uri.ts';
import type { DeclaredBlock } from './declarations.ts';
import type { TerraformInstance } from './instance.ts';
import { originOfHeader } from './lens-resource.ts';
import { evaluate } from './resolve-evaluate.ts';
import { environmentOf, type ModuleScope, placeOf } from './resolve-scope.ts';
import { templatePath } from './template-paths.ts';

/** What the template of a deployment brings; undefined for what is none, or whose template is not a file of its own. */
export function deployedTemplate(
  scope: ModuleScope,
  declared: DeclaredBlock,
  instance: TerraformInstance,
): ModuleResult | undefined {
  const found = templatePath(instance.type, declared);
  const path = found === undefined ? undefined : evaluate(found.path, environmentOf(scope, found.uri));
  if (found === undefined || path?.kind !== 'scalar' || typeof path.value !== 'string') return undefined;
  const uri = resolveRelative(scope.root, path.value);
  const { run } = scope;
  if (uri === undefined || run.files.text(uri, run.context) === undefined) return undefined;
  const identity = `${scope.calling.identity}${instance.address}${instance.instance}.`;
  const call = { name: `${instance.type}.${instance.name}`, instance: instance.instance, ...instance.header };
  const result = run.context.foreign(
    {
      uri,
      template: undefined,
      parameters: parametersOf(instance),
      exists: instance.exists,
      calls: [...instance.calls, call],
      identity,
      groupIdentity: identity,
      subscriptionIdentity: '',
      deployedTo: undefined,
    },
    run.context,
  );
  if (result === undefined) {
    const message = `'${fileNameOf(uri)}' is no ARM template.`;
    run.reportUnresolved({ reference: path.value, message, command: undefined, ...placeOf(found, found.path) });
  }
  return result;
}

/** The values that the deployment gives to the parameters of its template. */
function parametersOf(instance: TerraformInstance): ObjectValue {
  const { body } = instance;
  const origin = originOfHeader(instance);
  const plain = body.get('parameters');
  if (plain.kind === 'object') return plain;
  const written = [body.get('parameters_content'), body.get('parameters_body')].find((each) => !isNothing(each));
  if (written === undefined) return object(new Map(), origin);
  const given = decoded(written);
  if (given.kind !== 'object') {
    const why = given.kind === 'unknown' ? given : unknown('unsupported', 'parameters that are not known', origin);
    return object(new Map(), origin, why);
  }
  const members = given.keys().map((key) => [key, () => property(given.get(key), 'value')] as const);
  return object(new Map(members), given.origin, given.open, given.secret);
}

function decoded(value: Value): Value {
  const decode = terraformFunctions.get('jsondecode');
  return value.kind === 'scalar' && decode !== undefined
    ? callPure('jsondecode', decode, [value], value.origin)
    : value;
}
