import { type Declaration, declaration } from '../../estate/declaration.ts';
import { absent, type Member, scalar } from '../../estate/make.ts';
import { evaluate } from './resolve-evaluate.ts';
import type { FileScope } from './resolve-scope.ts';
import { parameterFactsOf } from './resolve-types.ts';
import type { BicepFile, Parameter, TypeExpression } from './syntax.ts';

/** What `Declaration.source.node` is for Bicep. */
export interface BicepParameterNode {
  readonly file: BicepFile;
  readonly parameter: Parameter;
}

/** The parameters and module calls of a file. */
export function declarationsOf(file: FileScope): readonly Declaration[] {
  const declarations: Declaration[] = [];
  for (const statement of file.source.file.statements)
    if (statement.kind === 'param') declarations.push(parameterOf(statement, file));
  for (const { name, reference, referencePlace, call, declaration: module } of file.source.symbols.modules) {
    if (reference === undefined) continue;
    const origin = file.origin(referencePlace);
    declarations.push(
      declaration({
        declares: 'modules',
        language: 'bicep',
        name,
        address: file.prefix + name,
        members: new Map([['source', scalar(reference, origin)]]),
        header: call,
        place: file.place(module),
        node: undefined,
      }),
    );
  }
  return declarations;
}

function parameterOf(parameter: Parameter, file: FileScope): Declaration {
  const { name, defaultValue } = parameter;
  const origin = file.origin(name);
  const atRoot = file.call.calls.length === 0;
  const node: BicepParameterNode = { file: file.source.file, parameter };
  return declaration({
    declares: 'parameters',
    language: 'bicep',
    name: name.name,
    address: file.prefix + name.name,
    members: new Map<string, Member>([
      ['type', scalar(typeNameOf(parameter.type), origin)],
      ['secure', () => scalar(parameterFactsOf(parameter, file).secure, origin)],
      ['default', () => (defaultValue === undefined ? absent(origin) : evaluate(defaultValue, file.scope))],
      ['given', () => (atRoot ? file.call.argument(name.name) : undefined) ?? absent(origin)],
    ]),
    header: file.place(name),
    place: file.place(parameter),
    node,
  });
}

/** The name of a built-in type, also where it may be null; what is told apart in other ways is `other`. */
function typeNameOf(type: TypeExpression): string {
  switch (type.kind) {
    case 'typeName':
      return type.name;
    case 'nullableType':
      return typeNameOf(type.base);
    case 'arrayType':
      return 'array';
    case 'objectType':
      return 'object';
    default:
      return 'other';
  }
}
