import { type Member, object, scalar, unknown } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import type { Span } from '../../text/span.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import type { BicepSource } from './files.ts';
import type { Run } from './resolve-run.ts';
import { FileScope } from './resolve-scope.ts';
import { hasDecorator } from './resolve-types.ts';
import { literalText } from './symbols.ts';
import type { FunctionDeclaration, Import } from './syntax.ts';

/** The file that an import reads from; undefined when it is not at hand, or leads back to the file that imports. */
export function importedSource(declaration: Import, from: BicepSource, run: Run): BicepSource | undefined {
  const uri = importedUri(declaration, from);
  if (uri === undefined) return undefined;
  const source = run.files.get(uri, run.context);
  return source === undefined || leadsTo(source, from.uri, run, new Set()) ? undefined : source;
}

function importedUri(declaration: Import, from: BicepSource): string | undefined {
  const path = literalText(declaration.reference);
  const uri = path === undefined ? undefined : resolveRelative(folderOf(from.uri), path);
  return uri?.endsWith('.bicep') ? uri : undefined;
}

function leadsTo(source: BicepSource, uri: string, run: Run, seen: Set<string>): boolean {
  if (source.uri === uri) return true;
  if (seen.has(source.uri)) return false;
  seen.add(source.uri);
  for (const declaration of source.symbols.imports) {
    const next = importedUri(declaration, source);
    const imported = next === undefined ? undefined : run.files.get(next, run.context);
    if (imported !== undefined && leadsTo(imported, uri, run, seen)) return true;
  }
  return false;
}

/** The scope in which the exported names of a file are evaluated: they know neither parameters nor who imports them. */
export function importedScope(declaration: Import, from: FileScope): FileScope | undefined {
  const { run } = from;
  const source = importedSource(declaration, from.source, run);
  if (source === undefined) return undefined;
  const known = run.imports.get(source.uri);
  if (known !== undefined) return known;
  const scope = new FileScope(run, source, {
    identity: `import ${source.uri}`,
    calls: [],
    exists: scalar(true, from.origin(declaration)),
    argument: () => undefined,
    mayGive: () => false,
    deployedTo: undefined,
    groupIdentity: '',
    subscriptionIdentity: '',
    base: undefined,
    callers: [],
  });
  run.imports.set(source.uri, scope);
  return scope;
}

export function importedSymbol(declaration: Import, name: string, use: Span, file: FileScope): Value {
  const scope = importedScope(declaration, file);
  if (scope === undefined) return notImported(declaration, file);
  const value = scope.valueOf(name, declaration);
  return value ?? unknown('error', `'${name}' is not exported by the file that it is imported from`, file.origin(use));
}

/** `import * as name`: an object of the exported variables. */
export function namespaceValue(declaration: Import, file: FileScope): Value {
  const scope = importedScope(declaration, file);
  if (scope === undefined) return notImported(declaration, file);
  const members = new Map<string, Member>();
  for (const [name, symbol] of scope.source.symbols.names) {
    if (symbol.kind !== 'var' || !hasDecorator(symbol.declaration.decorators, 'export')) continue;
    members.set(
      name,
      () => scope.valueOf(name, symbol.declaration.name) ?? unknown('error', 'not exported', file.origin(declaration)),
    );
  }
  return object(members, file.origin(declaration));
}

function notImported(declaration: Import, file: FileScope): Value {
  const written = literalText(declaration.reference) ?? '';
  return unknown(
    'module',
    `'${written}' is not on this machine or cannot be imported`,
    file.origin(declaration),
    `${file.call.identity}/import ${written}`,
  );
}

/** A user's function and the file that it belongs to. */
export interface FoundFunction {
  readonly declaration: FunctionDeclaration;
  readonly file: FileScope;
}

/** A function that the file declares or imports by this name. */
export function findFunction(name: string, file: FileScope): FoundFunction | undefined {
  const symbol = file.source.symbols.names.get(name);
  if (symbol?.kind === 'func') return { declaration: symbol.declaration, file };
  if (symbol?.kind !== 'imported') return undefined;
  const scope = importedScope(symbol.declaration, file);
  return scope === undefined ? undefined : findFunction(symbol.name, scope);
}

/** `namespace.name(…)`: a function of an imported file. `imported` is false when the file is not at hand. */
export function findNamespaceFunction(
  namespace: string,
  name: string,
  file: FileScope,
): { readonly imported: boolean; readonly found: FoundFunction | undefined } | undefined {
  const symbol = file.source.symbols.names.get(namespace);
  if (symbol?.kind !== 'namespace') return undefined;
  const scope = importedScope(symbol.declaration, file);
  return { imported: scope !== undefined, found: scope === undefined ? undefined : findFunction(name, scope) };
}
