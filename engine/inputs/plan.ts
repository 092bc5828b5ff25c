import type { ResolveContext } from '../estate/context.ts';
import type { Estate, Root } from '../estate/estate.ts';
import { scalar } from '../estate/make.ts';
import { sourceOrigin } from '../estate/origin.ts';
import type { Call, Resource } from '../estate/resource.ts';
import type { ObjectValue } from '../estate/value.ts';
import type { TerraformFiles } from '../languages/terraform/files.ts';
import type { TerraformInstance } from '../languages/terraform/instance.ts';
import { applyLens, type LensResult } from '../languages/terraform/lens.ts';
import type { CompiledLens } from '../languages/terraform/lens-model.ts';
import { lockedVersions } from '../languages/terraform/lock-file.ts';
import { providerVersions } from '../languages/terraform/provider-versions.ts';
import type { JsonDocument } from '../text/json-syntax.ts';
import type { Place } from '../text/span.ts';
import { folderOf } from '../text/uri.ts';
import { changesByAddress, memberOf, type PlannedResource, plannedResources, textOf } from './plan-document.ts';
import { PlanReferences } from './plan-references.ts';
import { headerOf, PlanSources } from './plan-sources.ts';
import { plannedBody } from './plan-values.ts';

/**
 * The Azure resources of a Terraform plan or state, as `terraform show -json` prints it. Everything stands where the
 * configuration beside the plan writes it, or in the plan itself where there is none. Never throws for what a file holds.
 */
export function resolvePlan(
  root: Root,
  document: JsonDocument,
  context: ResolveContext,
  files: TerraformFiles,
  lens: CompiledLens,
): Estate {
  const dependencies = new Set<string>([root.uri]);
  const depend = (uri: string): void => {
    dependencies.add(uri);
    context.depend(uri);
  };
  const reader = { ...context, depend };
  const folder = folderOf(root.uri);
  const sources = new PlanSources(folder, files, reader);
  const references = new PlanReferences(document.root);
  const changes = changesByAddress(document.root);
  const locks = lockedVersions(folder, files, reader);
  const providers = memberOf(memberOf(document.root, 'configuration'), 'provider_config');
  const versionsOf = (provider: string): TerraformInstance['provider'] => {
    const constraint = textOf(memberOf(memberOf(providers, provider), 'version_constraint'));
    return providerVersions(locks.get(provider), constraint === undefined ? [] : [constraint]);
  };
  const instances: TerraformInstance[] = [];
  const byBlock = new Map<string, TerraformInstance[]>();
  let result: LensResult | undefined;
  const idOf = (planned: PlannedResource, path: readonly string[]): Resource | undefined => {
    const names = planned.modules.map(({ name }) => name);
    const target = references.idTarget(names, `${planned.type}.${planned.name}`, path);
    if (target === undefined) return undefined;
    const candidates = byBlock.get([...target.modules.map((name) => `module.${name}`), target.key].join('.')) ?? [];
    const matching = candidates.filter(({ calls }) => sameModuleInstances(calls, planned));
    const sameKey = matching.filter(({ instance }) => instance === planned.instance);
    const [only] = matching.length === 1 ? matching : sameKey.length === 1 ? sameKey : [];
    return only === undefined ? undefined : result?.resourceOf(only);
  };
  for (const planned of plannedResources(document.root)) {
    const written = sources.resource(
      planned.modules.map(({ name }) => name),
      `${planned.type}.${planned.name}`,
    );
    const place: Place = { uri: root.uri, start: planned.node.start, end: planned.node.end };
    const address = memberOf(planned.node, 'address') ?? planned.node;
    const header =
      written === undefined ? { uri: root.uri, start: address.start, end: address.end } : headerOf(written);
    const origin = sourceOrigin(header.uri, header.start, header.end);
    let body: ObjectValue | undefined;
    const instance: TerraformInstance = {
      existing: !planned.managed,
      type: planned.type,
      name: planned.name,
      address: addressOf(planned),
      instance: planned.instance,
      exists: scalar(true, origin),
      get body() {
        body ??= plannedBody(planned, changes.get(planned.address), {
          uri: root.uri,
          header,
          written,
          idOf: (path) => idOf(planned, path),
        });
        return body;
      },
      calls: callsOf(planned, sources, header),
      header,
      declaration:
        written === undefined ? place : { uri: written.uri, start: written.node.start, end: written.node.end },
      uri: header.uri,
      node: written?.node,
      provider: versionsOf(planned.type.split('_')[0] ?? ''),
    };
    instances.push(instance);
    byBlock.set(instance.address, [...(byBlock.get(instance.address) ?? []), instance]);
  }
  result = applyLens(instances, lens);
  return {
    root,
    scope: 'subscription',
    resources: result.resources(),
    outputs: [],
    unresolved: [],
    problems: [],
    dependencies,
  };
}

/** `module.network.azurerm_subnet.main`, without the keys of instances. */
function addressOf({ modules, type, name }: PlannedResource): string {
  return [...modules.map((step) => `module.${step.name}`), `${type}.${name}`].join('.');
}

/** Two resources of one module belong together only in one and the same instance of it. */
function sameModuleInstances(calls: readonly Call[], planned: PlannedResource): boolean {
  const shared = Math.min(calls.length, planned.modules.length);
  for (let index = 0; index < shared; index++) {
    const [call, step] = [calls[index], planned.modules[index]];
    if (call?.name === step?.name && call?.instance !== step?.instance) return false;
  }
  return true;
}

function callsOf(planned: PlannedResource, sources: PlanSources, header: Place): readonly Call[] {
  return planned.modules.map(({ name, instance }, index): Call => {
    const written = sources.call(planned.modules.slice(0, index + 1).map((step) => step.name));
    return { name, instance, ...(written === undefined ? header : headerOf(written)) };
  });
}
