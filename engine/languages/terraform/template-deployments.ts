import type { ForeignCall, ModuleResult } from '../../estate/context.ts';
import { parameterValues } from '../../estate/json-parameters.ts';
import { isNothing } from '../../estate/operations.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import { fileNameOf, resolveRelative } from '../../text/uri.ts';
import type { DeclaredBlock } from './declarations.ts';
import type { TerraformInstance } from './instance.ts';
import { jsonTextValue, withHoles } from './json-texts.ts';
import { originOfHeader } from './lens-resource.ts';
import { evaluate } from './resolve-evaluate.ts';
import { environmentOf, type ModuleScope, placeOf } from './resolve-scope.ts';
import { templateArgument, templatePath } from './template-paths.ts';

/** What the template of a deployment brings; undefined for what deploys none, or whose template cannot be had. */
export function deployedTemplate(
  scope: ModuleScope,
  declared: DeclaredBlock,
  instance: TerraformInstance,
): ModuleResult | undefined {
  const found = templatePath(instance.type, declared);
  const path = found === undefined ? undefined : evaluate(found.path, environmentOf(scope, found.uri));
  if (found === undefined || path?.kind !== 'scalar' || typeof path.value !== 'string')
    return writtenTemplate(scope, instance);
  const uri = resolveRelative(scope.root, path.value);
  const { run } = scope;
  if (uri === undefined || run.files.text(uri, run.context) === undefined) {
    const message = `The template '${path.value}' is not on this machine, or not in the workspace.`;
    run.reportUnresolved({ reference: path.value, message, command: undefined, ...placeOf(found, found.path) });
    return undefined;
  }
  const result = run.context.foreign(callOf(scope, instance, uri, undefined), run.context);
  if (result === undefined) {
    const message = `'${fileNameOf(uri)}' is no ARM template.`;
    run.reportUnresolved({ reference: path.value, message, command: undefined, ...placeOf(found, found.path) });
  }
  return result;
}

/** A template that stands in the Terraform file itself, or is made there. */
function writtenTemplate(scope: ModuleScope, instance: TerraformInstance): ModuleResult | undefined {
  const argument = templateArgument(instance.type);
  const written = argument === undefined ? undefined : instance.body.get(argument);
  // Without one it deploys a template spec.
  if (written === undefined || isNothing(written)) return undefined;
  const { run } = scope;
  const template = decoded(written);
  const result =
    template?.kind === 'object'
      ? run.context.foreign(callOf(scope, instance, instance.uri, template), run.context)
      : undefined;
  if (result === undefined) {
    const name = `${instance.type}.${instance.name}`;
    const message =
      template === undefined
        ? `What ${name} deploys is no JSON that can be read.`
        : `What ${name} deploys is not known${template.kind === 'unknown' ? `: ${template.detail}` : ''}.`;
    run.reportUnresolved({ reference: name, message, command: undefined, ...instance.header });
  }
  return result;
}

function callOf(
  scope: ModuleScope,
  instance: TerraformInstance,
  uri: string,
  template: Value | undefined,
): ForeignCall {
  const identity = `${scope.calling.identity}${instance.address}${instance.instance}.`;
  const call = { name: `${instance.type}.${instance.name}`, instance: instance.instance, ...instance.header };
  return {
    uri,
    template,
    parameters: parametersOf(instance),
    exists: instance.exists,
    calls: [...instance.calls, call],
    identity,
    groupIdentity: identity,
    subscriptionIdentity: '',
    deployedTo: undefined,
  };
}

/** The values that the deployment gives to the parameters of its template. */
function parametersOf(instance: TerraformInstance): ObjectValue {
  const { body } = instance;
  const origin = originOfHeader(instance);
  const plain = body.get('parameters');
  if (plain.kind === 'object') return plain;
  const written = [body.get('parameters_content'), body.get('parameters_body')].find((each) => !isNothing(each));
  return parameterValues(
    written === undefined ? body.get('parameters_content') : (decoded(written) ?? written),
    origin,
  );
}

/** What a text of JSON says; undefined when it is none. */
function decoded(value: Value): Value | undefined {
  const { origin, secret } = value;
  if (value.kind === 'scalar') return jsonTextValue({ written: String(value.value), parts: [] }, origin, secret);
  return value.kind === 'text' ? jsonTextValue(withHoles(value), origin, secret) : value;
}
