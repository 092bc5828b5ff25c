import type { ModuleResult, ResolveContext } from '../../estate/context.ts';
import type { Estate, Root } from '../../estate/estate.ts';
import type { GivenParameters } from '../../estate/json-parameters.ts';
import { scalar } from '../../estate/make.ts';
import { sourceOrigin } from '../../estate/origin.ts';
import type { DeploymentScope } from '../../estate/resource.ts';
import { fileNameOf } from '../../text/uri.ts';
import type { BicepFiles } from './files.ts';
import { parametersOf } from './parameter-files.ts';
import { declarationsOf } from './resolve-declarations.ts';
import { deployedTemplate } from './resolve-deployments.ts';
import { isDeployed } from './resolve-modules.ts';
import { addResources, type BicepResource } from './resolve-resources.ts';
import { Run } from './resolve-run.ts';
import { FileScope } from './resolve-scope.ts';

/**
 * The estate of a Bicep file with at most one parameter file. Never throws; what is missing is in `problems` and
 * `unresolved`. Resource bodies and outputs are evaluated when they are asked for, so the estate keeps using `files` and
 * the context's snapshot, which must not change under it.
 */
export function resolveBicep(root: Root, context: ResolveContext, files: BicepFiles): Estate {
  const dependencies = new Set<string>();
  const watching: ResolveContext = {
    ...context,
    depend: (uri) => {
      dependencies.add(uri);
      context.depend(uri);
    },
  };
  const run = new Run(watching, files);
  const loaded = files.load(root.uri, watching);
  let scope: DeploymentScope = 'resourceGroup';
  if (loaded.kind === 'loaded') {
    scope = deploymentScope(loaded.content.symbols.targetScope);
    const [parameterFile] = root.parameterFiles;
    const given: GivenParameters = parameterFile === undefined ? () => undefined : parametersOf(parameterFile, run);
    addFile(
      new FileScope(run, loaded.content, {
        identity: '',
        calls: [],
        exists: scalar(true, sourceOrigin(root.uri, 0, 0)),
        argument: given,
        mayGive: parameterFile === undefined ? () => false : () => true,
        deployedTo: undefined,
        groupIdentity: '',
        subscriptionIdentity: '',
        base: undefined,
        callers: [],
      }),
    );
  } else if (loaded.kind === 'too-large') {
    const message = `${fileNameOf(root.uri)} is larger than ${context.budget.fileSize} characters and is not read.`;
    run.report({ uri: root.uri, start: 0, end: 0, code: 'budget', message });
  } else if (loaded.kind !== 'unread') {
    const message = `${fileNameOf(root.uri)} cannot be read.`;
    run.report({ uri: root.uri, start: 0, end: 0, code: 'module-not-found', message });
  }
  const { resources, outputs, declarations, unresolved, problems } = run;
  return { root, scope, resources, outputs, declarations, unresolved, problems, dependencies };
}

function deploymentScope(written: string | undefined): DeploymentScope {
  return written === 'subscription' || written === 'managementGroup' || written === 'tenant'
    ? written
    : 'resourceGroup';
}

/** Adds what one instance of a file deploys, in the order of the text: its resources, then its modules, and its outputs. */
function addFile(file: FileScope): void {
  const { run, source } = file;
  const { symbols } = source;
  // What a file declares is the same in all its instances.
  if (!run.declared.has(source)) {
    run.declared.add(source);
    run.declarations.push(...declarationsOf(file));
    reportCycles(file);
  }
  const bring = (result: ModuleResult): void => {
    // One by one: there may be more of them than a call can take.
    for (const each of result.resources) run.resources.push(each);
    for (const each of result.outputs) run.outputs.push(each);
    for (const each of result.unresolved) run.reportUnresolved(each);
    for (const each of result.problems) run.report(each);
  };
  const add = (resource: BicepResource): boolean => {
    const { budget } = run.context;
    if (run.resources.length < budget.resources) {
      const deployed = deployedTemplate(resource, file);
      // A deployment of a template is what the template brings.
      if (deployed === undefined) run.resources.push(resource);
      else if (deployed.kind === 'template') bring(deployed.result);
      return true;
    }
    const message = `This root has more than ${budget.resources} resources; the others are left out.`;
    run.report({ ...file.place({ start: 0, end: 0 }), code: 'budget', message });
    return false;
  };
  for (const facts of symbols.resources) addResources(file.resource(facts), add);
  for (const facts of symbols.modules) {
    const module = file.module(facts);
    for (const turn of module.turns) {
      if (!isDeployed(turn, file)) continue;
      const target = module.target(turn);
      if (target.kind === 'bicep') addFile(target.file);
      else if (target.kind === 'foreign') bring(target.result);
    }
  }
  for (const output of symbols.outputs) run.outputs.push(file.output(output));
}

/** Names that lead back to themselves have no value, in whatever instance of the file. */
function reportCycles(file: FileScope): void {
  const { cyclic, names } = file.source.symbols;
  const [first] = cyclic;
  const symbol = first === undefined ? undefined : names.get(first);
  if (symbol === undefined || symbol.kind === 'imported' || symbol.kind === 'namespace') return;
  const declaration = 'facts' in symbol ? symbol.facts.declaration : symbol.declaration;
  const what =
    cyclic.size === 1
      ? `'${first}' refers to itself.`
      : `${[...cyclic].map((name) => `'${name}'`).join(', ')} refer to each other in a circle.`;
  const message = `${what} Bicep cannot compile this; take one reference out.`;
  file.run.report({ ...file.place(declaration.name), code: 'cycle', message });
}
