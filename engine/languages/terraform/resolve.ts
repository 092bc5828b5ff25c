import { truthOf } from '../../estate/condition.ts';
import type { ResolveContext } from '../../estate/context.ts';
import type { Estate, Output, Root } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import { argumentOf } from './declarations.ts';
import type { TerraformFiles } from './files.ts';
import { applyLens } from './lens.ts';
import type { CompiledLens } from './lens-model.ts';
import { lockedVersions } from './lock-file.ts';
import { declaredIn } from './resolve-declarations.ts';
import { childrenOf, isSensitive, outputValue } from './resolve-modules.ts';
import { instancesOf } from './resolve-resources.ts';
import { type Calling, type ModuleScope, placeOf, Run, scopeOf } from './resolve-scope.ts';
import { parameterFileValues } from './resolve-variables.ts';
import { deployedTemplate } from './template-deployments.ts';
import { templateArgument } from './template-paths.ts';

/** The Azure resources that a Terraform folder would deploy. `root.uri` ends in `/`. Never throws for what a file holds. */
export function resolveTerraform(
  root: Root,
  context: ResolveContext,
  files: TerraformFiles,
  lens: CompiledLens,
): Estate {
  const dependencies = new Set<string>();
  const depend = (uri: string): void => {
    dependencies.add(uri);
    context.depend(uri);
  };
  const run = new Run({ ...context, depend }, files);
  let given: (name: string) => Value | undefined = () => undefined;
  const calling: Calling = {
    prefix: '',
    identity: '',
    calls: [],
    exists: undefined,
    argument: (name) => given(name),
    folders: [root.uri],
  };
  const outer = {
    constraints: new Map<string, readonly string[]>(),
    locks: lockedVersions(root.uri, run.files, run.context),
  };
  const scope = scopeOf(run, root.uri, root.uri, calling, outer);
  given = parameterFileValues(scope, root.parameterFiles);
  const outputs: Output[] = [];
  collect(scope, outputs);
  const declarations = declaredIn(run.scopes);
  // References become known with the lens: what a loop had to know before is evaluated anew.
  const result = applyLens(run.instances, lens);
  run.lens = result;
  const deployed: Resource[] = [];
  for (const { scope: within, declared, instance } of run.templates) {
    const brought = deployedTemplate(within, declared, instance);
    if (brought === undefined) continue;
    for (const each of brought.resources) deployed.push(each);
    for (const each of brought.outputs) outputs.push(each);
    for (const each of brought.unresolved) run.reportUnresolved(each);
    for (const each of brought.problems) run.report(each);
  }
  // What a loop had to know before the lens may lack references: it is evaluated anew.
  for (const each of run.scopes) each.values.clear();
  return {
    root,
    scope: 'subscription',
    resources: [...result.resources(), ...deployed],
    outputs,
    declarations,
    unresolved: run.unresolved,
    problems: run.problems,
    dependencies,
  };
}

function collect(scope: ModuleScope, outputs: Output[]): void {
  const { run } = scope;
  run.scopes.push(scope);
  for (const [key, declared] of scope.resources) {
    const { uri, node } = declared;
    if (run.instances.length >= run.context.budget.resources) {
      const message = 'There are more resources than can be followed.';
      run.report({ code: 'budget', message, uri, start: node.start, end: node.typeEnd });
      break;
    }
    for (const instance of instancesOf(scope, key) ?? []) {
      if (truthOf(instance.exists) === false) continue;
      run.instances.push(instance);
      if (templateArgument(instance.type) !== undefined) run.templates.push({ scope, declared, instance });
    }
  }
  for (const name of scope.modules.keys()) {
    for (const child of childrenOf(scope, name)) {
      if (child.scope !== undefined) collect(child.scope, outputs);
    }
  }
  for (const [name, declared] of scope.outputs) {
    const { uri, node } = declared;
    const value = argumentOf(declared, 'value');
    outputs.push({
      name,
      get value() {
        return outputValue(scope, name);
      },
      secure: isSensitive(scope, name),
      atRoot: scope.calling.calls.length === 0,
      declaration: { uri, start: node.start, end: node.end },
      ...(value === undefined ? {} : { valuePlace: placeOf(value, value.node.value) }),
      language: 'terraform',
      address: `${scope.calling.prefix}output.${name}`,
    });
  }
}
