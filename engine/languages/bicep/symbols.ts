import type { SourceHandle } from '../../estate/resource.ts';
import type { Place } from '../../text/span.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import { cyclicNames } from './symbol-cycles.ts';
import type {
  BicepFile,
  Condition,
  Expression,
  FunctionDeclaration,
  Import,
  ModuleDeclaration,
  ObjectExpression,
  Output,
  Parameter,
  ParameterAssignment,
  Property,
  ResourceBody,
  ResourceDeclaration,
  ResourceLoop,
  TypeDeclaration,
  Variable,
} from './syntax.ts';

/** What a name at the top of a file stands for. */
export type BicepSymbol =
  | { readonly kind: 'param'; readonly declaration: Parameter }
  | { readonly kind: 'var'; readonly declaration: Variable }
  | { readonly kind: 'type'; readonly declaration: TypeDeclaration }
  | { readonly kind: 'func'; readonly declaration: FunctionDeclaration }
  | { readonly kind: 'resource'; readonly facts: ResourceFacts }
  | { readonly kind: 'module'; readonly facts: ModuleFacts }
  /** `name` is what the other file calls it. */
  | { readonly kind: 'imported'; readonly declaration: Import; readonly name: string }
  | { readonly kind: 'namespace'; readonly declaration: Import };

/** The parts of a resource's or module's body, found once per file and shared by all its instances. */
export interface BodyFacts {
  readonly loop: ResourceLoop | undefined;
  readonly condition: Expression | undefined;
  readonly object: ObjectExpression | undefined;
}

export interface ResourceFacts extends BodyFacts {
  readonly declaration: ResourceDeclaration;
  readonly name: string;
  /** The type as written, version left out; a nested resource may have the last segment only. */
  readonly type: string;
  readonly apiVersion: string | undefined;
  /** Where the API version is written; undefined where there is none or the type text is interpolated. */
  readonly apiVersionPlace: Place | undefined;
  readonly header: Place;
  readonly place: Place;
  readonly handle: SourceHandle;
  readonly nested: ReadonlyMap<string, ResourceFacts>;
  readonly nameValue: Expression | undefined;
  readonly parentValue: Expression | undefined;
  readonly scopeValue: Expression | undefined;
}

export interface ModuleFacts extends BodyFacts {
  readonly declaration: ModuleDeclaration;
  readonly name: string;
  /** Undefined when it is missing or has holes. */
  readonly reference: string | undefined;
  /** The file that it names, unless it is in a registry. */
  readonly localUri: string | undefined;
  /** From the keyword to the end of the reference. */
  readonly call: Place;
  readonly referencePlace: Place;
  readonly nameValue: Expression | undefined;
  readonly params: Property | undefined;
  /** In lower case; undefined where they are not all written out. */
  readonly argumentNames: ReadonlySet<string> | undefined;
  readonly scopeValue: Expression | undefined;
}

/** What `Resource.source.node` is for Bicep. */
export interface BicepNode {
  readonly declaration: ResourceDeclaration;
  readonly file: BicepFile;
  /** The declarations that this one is nested in, the outermost first. */
  readonly within: readonly ResourceDeclaration[];
}

/** The names of one file and what they stand for. */
export interface SymbolTable {
  readonly names: ReadonlyMap<string, BicepSymbol>;
  readonly resources: readonly ResourceFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly outputs: readonly Output[];
  readonly imports: readonly Import[];
  /** Of a `.bicepparam` file. */
  readonly assignments: ReadonlyMap<string, ParameterAssignment>;
  /** Names of parameters, variables, functions and modules that lead back to themselves. */
  readonly cyclic: ReadonlySet<string>;
  readonly targetScope: string | undefined;
}

export function symbolsOf(uri: string, file: BicepFile): SymbolTable {
  const names = new Map<string, BicepSymbol>();
  const resources: ResourceFacts[] = [];
  const modules: ModuleFacts[] = [];
  const outputs: Output[] = [];
  const imports: Import[] = [];
  const assignments = new Map<string, ParameterAssignment>();
  let targetScope: string | undefined;
  for (const statement of file.statements) {
    switch (statement.kind) {
      case 'param':
        names.set(statement.name.name, { kind: 'param', declaration: statement });
        break;
      case 'var':
        names.set(statement.name.name, { kind: 'var', declaration: statement });
        break;
      case 'type':
        names.set(statement.name.name, { kind: 'type', declaration: statement });
        break;
      case 'func':
        names.set(statement.name.name, { kind: 'func', declaration: statement });
        break;
      case 'resource': {
        const facts = resourceFacts(uri, file, statement, []);
        names.set(facts.name, { kind: 'resource', facts });
        resources.push(facts);
        break;
      }
      case 'module': {
        const facts = moduleFacts(uri, statement);
        names.set(facts.name, { kind: 'module', facts });
        modules.push(facts);
        break;
      }
      case 'output':
        outputs.push(statement);
        break;
      case 'import':
        imports.push(statement);
        addImport(names, statement);
        break;
      case 'assignment':
        assignments.set(statement.name.name, statement);
        break;
      case 'targetScope':
        targetScope = literalText(statement.value);
        break;
      case 'metadata':
      case 'extension':
      case 'extensionConfig':
      case 'assert':
      case 'test':
      case 'using':
      case 'extends':
      case 'unreadable':
        break;
    }
  }
  let cyclic: ReadonlySet<string> | undefined;
  return {
    names,
    resources,
    modules,
    outputs,
    imports,
    assignments,
    get cyclic() {
      cyclic ??= cyclicNames(names);
      return cyclic;
    },
    targetScope,
  };
}

function addImport(names: Map<string, BicepSymbol>, declaration: Import): void {
  if (declaration.wildcard !== undefined) names.set(declaration.wildcard.name, { kind: 'namespace', declaration });
  for (const item of declaration.items) {
    const name = item.name.kind === 'identifier' ? item.name.name : (literalText(item.name) ?? '');
    names.set(item.alias?.name ?? name, { kind: 'imported', declaration, name });
  }
}

const noNested: ReadonlyMap<string, ResourceFacts> = new Map();

function resourceFacts(
  uri: string,
  file: BicepFile,
  declaration: ResourceDeclaration,
  within: readonly ResourceDeclaration[],
): ResourceFacts {
  const { loop, condition, object } = bodyFacts(declaration.body);
  const written = declaration.type.kind === 'string' ? declaration.type.segments.join('') : '';
  const at = written.indexOf('@');
  let nested: Map<string, ResourceFacts> | undefined;
  let nameValue: Expression | undefined;
  let parentValue: Expression | undefined;
  let scopeValue: Expression | undefined;
  for (const item of object?.items ?? []) {
    if (item.kind === 'resource') {
      nested ??= new Map();
      nested.set(item.name.name, resourceFacts(uri, file, item, [...within, declaration]));
    }
    if (item.kind !== 'property') continue;
    const key = keyOf(item);
    if (key === 'name') nameValue = item.value;
    else if (key === 'parent') parentValue = item.value;
    // What Microsoft Graph deploys is nowhere in Azure: its `scope` is one of its own properties.
    else if (key === 'scope' && !isGraph(written)) scopeValue = item.value;
  }
  const node: BicepNode = { declaration, file, within };
  return {
    loop,
    condition,
    object,
    declaration,
    name: declaration.name.name,
    type: typeIn(at < 0 ? written : written.slice(0, at)),
    apiVersion: at < 0 ? undefined : written.slice(at + 1),
    apiVersionPlace: versionPlace(uri, file, declaration, written),
    header: { uri, start: declaration.type.start, end: declaration.type.end },
    place: { uri, start: declaration.start, end: declaration.end },
    handle: { language: 'bicep', uri, node },
    nested: nested ?? noNested,
    nameValue,
    parentValue,
    scopeValue,
  };
}

/** A type without the namespace `az:`, which may be written out. */
function typeIn(written: string): string {
  return written.startsWith('az:') ? written.slice(3) : written;
}

/** True for the types of Microsoft Graph, which are Azure resources in form only. */
export function isGraph(type: string): boolean {
  return /^Microsoft\.Graph\//i.test(type);
}

function moduleFacts(uri: string, declaration: ModuleDeclaration): ModuleFacts {
  const { loop, condition, object } = bodyFacts(declaration.body);
  const { reference } = declaration;
  const written = literalText(reference);
  const params = propertyNamed(object, 'params');
  return {
    loop,
    condition,
    object,
    declaration,
    name: declaration.name.name,
    reference: written,
    localUri: written === undefined || isRemote(written) ? undefined : resolveRelative(folderOf(uri), written),
    call: { uri, start: declaration.keyword, end: Math.max(reference.end, declaration.keyword) },
    referencePlace: { uri, start: reference.start, end: reference.end },
    nameValue: propertyNamed(object, 'name')?.value,
    params,
    argumentNames: params === undefined ? undefined : writtenKeys(params.value),
    scopeValue: propertyNamed(object, 'scope')?.value,
  };
}

function writtenKeys(value: Expression): ReadonlySet<string> | undefined {
  if (value.kind !== 'object') return undefined;
  const keys = new Set<string>();
  for (const item of value.items) {
    const key = item.kind === 'property' ? keyOf(item) : undefined;
    if (key === undefined) return undefined;
    keys.add(key.toLowerCase());
  }
  return keys;
}

/** True for a reference to a registry or a template spec. */
export function isRemote(reference: string): boolean {
  return /^(br|ts)[:/]/.test(reference);
}

export function bodyFacts(body: ResourceBody): BodyFacts {
  const loop = body.kind === 'for' ? body : undefined;
  const inner: ObjectExpression | Condition | { readonly kind: 'missing' } = body.kind === 'for' ? body.body : body;
  const condition = inner.kind === 'if' ? inner.condition : undefined;
  const object = inner.kind === 'if' ? inner.body : inner;
  return { loop, condition, object: object.kind === 'object' ? object : undefined };
}

/** The last property of that exact name. */
export function propertyNamed(object: ObjectExpression | undefined, name: string): Property | undefined {
  let found: Property | undefined;
  for (const item of object?.items ?? []) {
    if (item.kind === 'property' && keyOf(item) === name) found = item;
  }
  return found;
}

/** The key of a property; undefined where it has holes. */
export function keyOf(property: Property): string | undefined {
  return property.key.kind === 'identifier' ? property.key.name : literalText(property.key);
}

/** The text of a string without holes. */
export function literalText(expression: Expression): string | undefined {
  return expression.kind === 'string' && expression.holes.length === 0 ? (expression.segments[0] ?? '') : undefined;
}

/** The text behind the `@` of a type that is written plainly. */
function versionPlace(
  uri: string,
  file: BicepFile,
  { type: { start, end } }: ResourceDeclaration,
  written: string,
): Place | undefined {
  const at = written.indexOf('@');
  return at >= 0 && file.text.slice(start + 1, end - 1) === written
    ? { uri, start: start + 1 + at + 1, end: end - 1 }
    : undefined;
}
