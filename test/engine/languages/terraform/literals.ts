import { array, type Member, object, reference, scalar, text, unknown } from '../../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../../engine/estate/origin.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import type { TerraformInstance } from '../../../../engine/languages/terraform/instance.ts';
import { applyLens, type LensResult } from '../../../../engine/languages/terraform/lens.ts';
import type { CompiledLens } from '../../../../engine/languages/terraform/lens-model.ts';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import { providerVersions } from '../../../../engine/languages/terraform/provider-versions.ts';
import type { Block, Expression } from '../../../../engine/languages/terraform/syntax.ts';

export const mainUri = 'file:///root/main.tf';

/** Resources of a text in which values are literals and references to other resources: enough to test the lens and its edits. */
export function lensOf(
  written: string,
  lens: CompiledLens,
): { result: LensResult; instances: readonly TerraformInstance[] } {
  const file = parseTerraform(written);
  const instances: TerraformInstance[] = [];
  const place = (node: { start: number; end: number }) => sourceOrigin(mainUri, node.start, node.end);
  let result: LensResult | undefined;
  let constraint: string[] = [];

  const evaluate = (expression: Expression): Value => {
    const origin = place(expression);
    switch (expression.kind) {
      case 'string':
        return scalar(expression.value, origin);
      case 'number':
        return scalar(Number(expression.text), origin);
      case 'boolean':
        return scalar(expression.value, origin);
      case 'null':
        return scalar(null, origin);
      case 'tuple':
        return array(expression.elements.map(evaluate), origin);
      case 'object': {
        const members = new Map<string, Member>();
        for (const item of expression.items)
          if (item.name !== undefined) members.set(item.name, () => evaluate(item.value));
        return object(members, origin);
      }
      case 'template': {
        const parts = expression.parts.map((part) =>
          part.kind === 'literal' ? part.text : unknown('unsupported', 'part', origin),
        );
        return text(parts, origin);
      }
      case 'call': {
        const [only] = expression.arguments;
        return expression.name === 'jsonencode' && only !== undefined
          ? evaluate(only)
          : unknown('unsupported', 'call', origin);
      }
      case 'access': {
        const { source } = expression;
        if (source.kind === 'access' && source.source.kind === 'variable') {
          const address = `${source.source.name}.${source.name}`;
          const target = instances.find((each) => each.address === address);
          const resource = target === undefined ? undefined : result?.resourceOf(target);
          if (target !== undefined && expression.name === 'name') return target.body.get('name');
          if (resource !== undefined) return reference({ kind: 'resource', resource }, [expression.name], origin);
        }
        return unknown('parameter', 'no value', origin);
      }
      default:
        return unknown('unsupported', expression.kind, origin);
    }
  };

  const bodyOf = (block: Block): ReturnType<typeof object> => {
    const members = new Map<string, Member>();
    const nested = new Map<string, Value[]>();
    for (const item of block.body.items) {
      if (item.kind === 'attribute') {
        members.set(item.name, () => evaluate(item.value));
        continue;
      }
      const dynamic = item.type === 'dynamic';
      const name = dynamic ? (item.labels[0]?.text ?? '') : item.type;
      const content = dynamic ? item.body.items.find((each): each is Block => each.kind === 'block') : item;
      const list = nested.get(name) ?? [];
      nested.set(name, list);
      if (content !== undefined) list.push(bodyOf(content));
    }
    for (const [name, list] of nested) members.set(name, array(list, place(block)));
    return object(members, place(block));
  };

  for (const block of file.body.items) {
    if (block.kind !== 'block') continue;
    if (block.type === 'terraform') {
      const version = /version\s*=\s*"([^"]+)"/.exec(written.slice(block.start, block.end))?.[1];
      if (version !== undefined) constraint = [version];
    }
    if (block.type !== 'resource') continue;
    const [type, name] = block.labels.map((label) => label.text);
    if (type === undefined || name === undefined) continue;
    instances.push({
      existing: false,
      type,
      name,
      address: `${type}.${name}`,
      instance: '',
      exists: scalar(true, place(block)),
      body: bodyOf(block),
      calls: [],
      header: { uri: mainUri, start: block.start, end: block.open },
      declaration: { uri: mainUri, start: block.start, end: block.end },
      uri: mainUri,
      node: block,
      provider: providerVersions(undefined, constraint),
    });
  }
  result = applyLens(instances, lens);
  return { result, instances };
}
