import { findMember, type JsonNode, type JsonObject } from '../text/json-syntax.ts';

/*
 * The shape of what `terraform show -json` prints, for a plan and for a state. Source: "JSON Output Format", Terraform
 * documentation. Every reader here takes what is missing or of another kind as not there.
 */

/** True for the text of a plan or a state, by its first member, so that other JSON costs next to nothing. */
export function isPlanText(text: string): boolean {
  return /^\uFEFF?\s*\{\s*"format_version"\s*:\s*"/.test(text.slice(0, 200));
}

export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? findMember(node, name)?.value : undefined;
}

export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** One resource of the plan, with the module instances that lead to it. */
export interface PlannedResource {
  readonly node: JsonObject;
  /** `network` and `["a"]` of `module.network["a"]`, the outermost first. */
  readonly modules: readonly { readonly name: string; readonly instance: string }[];
  readonly type: string;
  readonly name: string;
  /** `[0]`, `["blue"]`, or empty. */
  readonly instance: string;
  /** The whole address, as Terraform writes it. */
  readonly address: string;
  readonly managed: boolean;
}

/** Every resource that there will be (of a plan) or that there is (of a state). */
export function plannedResources(root: JsonNode | undefined): readonly PlannedResource[] {
  const resources: PlannedResource[] = [];
  const waiting = [memberOf(memberOf(root, 'planned_values') ?? memberOf(root, 'values'), 'root_module')];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    waiting.push(...[...itemsOf(memberOf(module, 'child_modules'))].reverse());
    const modules = moduleSteps(textOf(memberOf(module, 'address')) ?? '');
    for (const node of itemsOf(memberOf(module, 'resources'))) {
      const [type, name] = [textOf(memberOf(node, 'type')), textOf(memberOf(node, 'name'))];
      if (node.kind !== 'object' || type === undefined || name === undefined) continue;
      resources.push({
        node,
        modules,
        type,
        name,
        instance: instanceOf(memberOf(node, 'index')),
        address: textOf(memberOf(node, 'address')) ?? '',
        managed: textOf(memberOf(node, 'mode')) !== 'data',
      });
    }
  }
  return resources;
}

function instanceOf(index: JsonNode | undefined): string {
  if (index?.kind === 'number') return `[${index.value}]`;
  return index?.kind === 'string' ? `[${JSON.stringify(index.value)}]` : '';
}

/** `module.a["x"].module.b[0]` step by step; keys may hold dots and brackets. */
export function moduleSteps(address: string): PlannedResource['modules'] {
  const steps = address.matchAll(/module\.([\w-]+)((?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?)/g);
  return [...steps].map((match) => ({ name: match[1] ?? '', instance: match[2] ?? '' }));
}

/** `after_unknown` and `after_sensitive` of what a plan changes, by address. */
export function changesByAddress(root: JsonNode | undefined): ReadonlyMap<string, JsonNode> {
  const changes = new Map<string, JsonNode>();
  for (const each of itemsOf(memberOf(root, 'resource_changes'))) {
    const [address, change] = [textOf(memberOf(each, 'address')), memberOf(each, 'change')];
    if (address !== undefined && change !== undefined) changes.set(address, change);
  }
  return changes;
}
