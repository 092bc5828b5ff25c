import { type Declaration, declaration } from '../../estate/declaration.ts';
import { absent, type Member, scalar } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import { argumentOf, type Declared, type DeclaredBlock } from './declarations.ts';
import { blockBody } from './resolve-blocks.ts';
import { evaluate } from './resolve-evaluate.ts';
import { environmentOf, type ModuleScope, originOf, placeOf } from './resolve-scope.ts';
import type { Attribute, Block } from './syntax.ts';

/** What `Declaration.source.node` is for Terraform. */
export type TerraformDeclarationNode = Declared<Block>;

/** The variables, module calls, backends, providers and provisioners of modules, those of one folder once. */
export function declaredIn(scopes: readonly ModuleScope[]): readonly Declaration[] {
  const seen = new Set<string>();
  return scopes.flatMap((scope): readonly Declaration[] => {
    if (seen.has(scope.folder)) return [];
    seen.add(scope.folder);
    return [
      ...[...scope.variables].map(([name, declared]) => variableOf(name, declared, scope)),
      ...[...scope.modules].map(([name, declared]) => moduleOf(name, declared, scope)),
      ...blocksIn(scope),
    ];
  });
}

function variableOf(name: string, declared: DeclaredBlock, scope: ModuleScope): Declaration {
  const origin = originOf(declared, headerOf(declared.node));
  const valueOfArgument = (argument: string): Value => {
    const written = argumentOf(declared, argument);
    return written === undefined ? absent(origin) : evaluate(written.node.value, environmentOf(scope, written.uri));
  };
  const secure = argumentOf(declared, 'sensitive')?.node.value;
  const ephemeral = argumentOf(declared, 'ephemeral')?.node.value;
  const isSet = [secure, ephemeral].some((flag) => flag?.kind === 'boolean' && flag.value);
  const atRoot = scope.calling.calls.length === 0;
  return ofBlock('parameters', name, `${scope.calling.prefix}var.${name}`, declared, [
    ['type', scalar(typeNameOf(argumentOf(declared, 'type')), origin)],
    ['secure', scalar(isSet, origin)],
    ['default', () => valueOfArgument('default')],
    ['given', () => (atRoot ? scope.calling.argument(name) : undefined) ?? absent(origin)],
  ]);
}

/** A variable without type takes anything; most are texts. */
function typeNameOf(type: Declared<Attribute> | undefined): string {
  if (type === undefined) return 'string';
  const { value } = type.node;
  if (value.kind === 'variable') return value.name;
  return value.kind === 'call' ? value.name : 'other';
}

function moduleOf(name: string, declared: DeclaredBlock, scope: ModuleScope): Declaration {
  const origin = originOf(declared, headerOf(declared.node));
  const member = (argument: string): Member => {
    const written = argumentOf(declared, argument);
    return () =>
      written === undefined ? absent(origin) : evaluate(written.node.value, environmentOf(scope, written.uri));
  };
  return ofBlock('modules', name, `${scope.calling.prefix}module.${name}`, declared, [
    ['source', member('source')],
    ['version', member('version')],
  ]);
}

function* blocksIn(scope: ModuleScope): Generator<Declaration> {
  const { run, folder, calling } = scope;
  for (const { uri, file } of run.files.module(folder, run.context)) {
    for (const item of file.body.items) {
      if (item.kind !== 'block') continue;
      if (item.type === 'provider') yield written('providers', item, uri, '', scope);
      if (item.type === 'terraform') {
        for (const inner of item.body.items)
          if (inner.kind === 'block' && inner.type === 'backend') yield written('backends', inner, uri, '', scope);
      }
      if (item.type === 'resource') {
        const address = `${calling.prefix}${item.labels.map(({ text }) => text).join('.')}.`;
        for (const inner of item.body.items) {
          if (inner.kind === 'block' && (inner.type === 'provisioner' || inner.type === 'connection'))
            yield written('provisioners', inner, uri, address, scope);
        }
      }
    }
  }
}

function written(
  declares: Declaration['declares'],
  node: Block,
  uri: string,
  within: string,
  scope: ModuleScope,
): Declaration {
  const name = node.labels[0]?.text ?? node.type;
  const body = blockBody(node.body, environmentOf(scope, uri), originOf({ uri }, headerOf(node)));
  const members = body.keys().map((key): [string, Member] => [key, () => body.get(key)]);
  const address = `${within === '' ? scope.calling.prefix : within}${node.type}.${name}`;
  return ofBlock(declares, name, address, { uri, node }, members);
}

function ofBlock(
  declares: Declaration['declares'],
  name: string,
  address: string,
  { uri, node }: Declared<Block>,
  members: readonly (readonly [string, Member])[],
): Declaration {
  const kept: TerraformDeclarationNode = { uri, node };
  return declaration({
    declares,
    language: 'terraform',
    name,
    address,
    members: new Map(members),
    header: placeOf({ uri }, headerOf(node)),
    place: placeOf({ uri }, node),
    node: kept,
  });
}

function headerOf(node: Block): { readonly start: number; readonly end: number } {
  return { start: node.start, end: node.labels[node.labels.length - 1]?.end ?? node.typeEnd };
}
