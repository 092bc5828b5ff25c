import { truthOf } from '../../estate/condition.ts';
import type { ForeignCall, ModuleResult, ResolveContext } from '../../estate/context.ts';
import type { Estate, Root } from '../../estate/estate.ts';
import { type GivenParameters, jsonParameters } from '../../estate/json-parameters.ts';
import { absent, scalar } from '../../estate/make.ts';
import { property } from '../../estate/operations.ts';
import { sourceOrigin } from '../../estate/origin.ts';
import type { DeploymentScope } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import { fileNameOf } from '../../text/uri.ts';
import { embeddedSource } from './embedded.ts';
import type { ArmFiles, ArmSource } from './files.ts';
import { declarationsOf, deploymentOf } from './resolve-declarations.ts';
import { ArmOutput } from './resolve-outputs.ts';
import type { ArmResource, DeclaredResource } from './resolve-resources.ts';
import { Run } from './resolve-run.ts';
import { TemplateScope } from './resolve-scope.ts';
import { kindOfRoot } from './template-kind.ts';

/**
 * The estate of an ARM template with at most one parameter file. Never throws; what is missing is in `problems` and
 * `unresolved`. Resource bodies and outputs are evaluated when they are asked for, so the estate keeps using `files` and
 * the context's snapshot, which must not change under it.
 */
export function resolveTemplate(root: Root, context: ResolveContext, files: ArmFiles): Estate {
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
    const source = loaded.content;
    const template = source.document.root;
    if (template?.kind === 'object') {
      const facts = source.factsOf(template);
      scope = facts.scope;
      addTemplate(
        new TemplateScope(run, source, facts, {
          identity: '',
          calls: [],
          exists: scalar(true, sourceOrigin(root.uri, 0, 0)),
          argument: givenParameters(root.parameterFiles[0], run),
          deployedTo: undefined,
          groupIdentity: '',
          subscriptionIdentity: '',
          callers: [],
          around: undefined,
        }),
      );
    }
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

/** What a template brings that another language calls; undefined when it is none. */
export function resolveForeignTemplate(
  call: ForeignCall,
  context: ResolveContext,
  files: ArmFiles,
): ModuleResult | undefined {
  const source = call.template === undefined ? files.get(call.uri, context) : embedded(call.template, call);
  const root = source?.document.root;
  if (source === undefined || root?.kind !== 'object') return undefined;
  // What is deployed as a template is one, whatever it says of itself.
  if (call.template === undefined && kindOfRoot(root).kind !== 'template') return undefined;
  const run = new Run(context, files);
  const template = new TemplateScope(run, source, source.factsOf(root), {
    identity: call.identity,
    calls: call.calls,
    exists: call.exists,
    argument: (name) => {
      const value = property(call.parameters, name);
      return value.kind === 'absent' ? undefined : value;
    },
    deployedTo: call.deployedTo,
    groupIdentity: call.groupIdentity,
    subscriptionIdentity: call.subscriptionIdentity,
    callers: [],
    around: undefined,
  });
  const own = new Map(template.facts.outputs.map((output) => [output.name, new ArmOutput(output, template)]));
  addTemplate(template);
  const { resources, outputs, unresolved, problems } = run;
  const origin = sourceOrigin(call.uri, 0, 0);
  return { resources, outputs, unresolved, problems, output: (name) => own.get(name)?.value ?? absent(origin) };
}

function embedded(template: Value, { uri, calls }: ForeignCall): ArmSource | undefined {
  return embeddedSource(template, calls.at(-1) ?? { uri, start: 0, end: 0 });
}

function givenParameters(uri: string | undefined, run: Run): GivenParameters {
  if (uri === undefined) return () => undefined;
  const loaded = run.files.load(uri, run.context);
  if (loaded.kind === 'loaded') return jsonParameters(loaded.content.document, uri);
  if (loaded.kind !== 'unread') {
    const message = `The parameter file ${fileNameOf(uri)} cannot be read.`;
    run.report({ uri, start: 0, end: 0, code: 'parameter-file', message });
  }
  return () => undefined;
}

/** Adds what one instance of a template deploys, in the order of the text: resources, those of its deployments, outputs. */
function addTemplate(template: TemplateScope): void {
  const { run, facts, source } = template;
  if (facts.node === source.document.root) {
    for (const { start, end, message } of source.problems().names)
      run.report({ uri: source.uri, start, end, code: 'unknown-name', message });
    reportCycles(template);
  }
  // What a template declares is the same in all its instances.
  if (!run.declared.has(facts)) {
    run.declared.add(facts);
    run.declarations.push(...declarationsOf(template));
  }
  const deployments: TemplateScope[] = [];
  const add = (resource: ArmResource): boolean => {
    const { budget } = run.context;
    if (run.resources.length >= budget.resources) {
      const message = `This root has more than ${budget.resources} resources; the others are left out.`;
      run.report({ uri: template.source.uri, start: 0, end: 0, code: 'budget', message });
      return false;
    }
    // A deployment of a template is what the template brings.
    if (resource.deployment === undefined) run.resources.push(resource);
    else {
      run.declarations.push(deploymentOf(resource));
      if (resource.deployment.template !== undefined) deployments.push(resource.deployment.template);
    }
    return true;
  };
  for (const declared of template.resources) addResources(declared, add);
  for (const deployment of deployments) addTemplate(deployment);
  for (const output of facts.outputs) run.outputs.push(new ArmOutput(output, template));
}

/** Adds the resources of a declaration that may be deployed, and those nested in them. */
function addResources(declared: DeclaredResource, add: (resource: ArmResource) => boolean): void {
  for (const turn of declared.turns) {
    const resource = declared.resource(turn);
    if (truthOf(resource.exists) === false || !add(resource)) continue;
    for (const nested of resource.nested) addResources(nested, add);
  }
}

/** What leads back to itself has no value, in whatever instance of the template. */
function reportCycles({ run, facts, source }: TemplateScope): void {
  const [first] = facts.cyclic;
  if (first === undefined) return;
  const name = first.slice(first.indexOf(' ') + 1);
  const variable = facts.variables.get(name);
  const place =
    (first.startsWith('parameters ') ? facts.parameters.get(name)?.key : undefined) ??
    (first.startsWith('functions ') ? facts.functions.get(name)?.value : undefined) ??
    (variable?.kind === 'value' ? variable.value : variable?.copy.node) ??
    facts.node;
  const names = [...facts.cyclic].map((each) => `'${each.slice(each.indexOf(' ') + 1)}'`);
  const what =
    names.length === 1 ? `${names[0]} refers to itself.` : `${names.join(', ')} refer to each other in a circle.`;
  const message = `${what} Azure refuses such a template; take one reference out.`;
  run.report({ uri: source.uri, start: place.start, end: place.end, code: 'cycle', message });
}
