import type { DeploymentScope, SourceHandle } from '../../estate/resource.ts';
import {
  findMemberIgnoringCase,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
} from '../../text/json-syntax.ts';
import type { Place, Span } from '../../text/span.ts';
import { cyclicNames } from './cyclic-names.ts';
import type { ArmSource } from './files.ts';
import type { ArmNode } from './levels.ts';
import { kindOfRoot } from './template-kind.ts';

/** `copy` of a resource, a variable, an output or a property. */
export interface CopyFacts {
  readonly name: string | undefined;
  readonly count: JsonNode | undefined;
  readonly input: JsonNode | undefined;
  readonly node: JsonObject;
}

export interface ParameterFacts {
  readonly name: string;
  readonly node: JsonObject;
  /** The name where it is declared. */
  readonly key: Span;
  readonly type: string;
  readonly nullable: boolean;
  readonly secure: boolean;
  readonly defaultValue: JsonNode | undefined;
  readonly allowedValues: JsonArray | undefined;
}

export type VariableFacts =
  | { readonly kind: 'value'; readonly value: JsonNode }
  | { readonly kind: 'copy'; readonly copy: CopyFacts };

export interface FunctionFacts {
  /** In the order of the arguments. */
  readonly parameters: readonly string[];
  readonly value: JsonNode | undefined;
}

export interface OutputFacts {
  readonly name: string;
  readonly member: JsonMember;
  readonly node: JsonObject;
  readonly secure: boolean;
  readonly value: JsonNode | undefined;
  readonly condition: JsonNode | undefined;
  readonly copy: CopyFacts | undefined;
}

/** A resource as it is written, found once per file and shared by all its instances. */
export interface ResourceFacts {
  /** The key that names it where resources are an object (languageVersion 2.0). */
  readonly symbol: string | undefined;
  readonly node: JsonObject;
  readonly type: JsonNode | undefined;
  /** The type in lower case, where no expression gives it. */
  readonly literalType: string | undefined;
  readonly apiVersion: JsonNode | undefined;
  readonly name: JsonNode | undefined;
  readonly condition: JsonNode | undefined;
  readonly scope: JsonNode | undefined;
  readonly existing: boolean;
  /** Of an extension (Microsoft Graph): the properties are the whole body. */
  readonly extension: boolean;
  readonly copy: CopyFacts | undefined;
  readonly properties: JsonNode | undefined;
  /** Declared inside of it. */
  readonly nested: readonly ResourceFacts[];
  readonly header: Place;
  readonly place: Place;
  readonly handle: SourceHandle;
}

/** The names of one template and what they stand for; names of parameters, variables and functions in lower case. */
export interface TemplateFacts {
  readonly node: JsonObject;
  readonly scope: DeploymentScope;
  readonly parameters: ReadonlyMap<string, ParameterFacts>;
  readonly variables: ReadonlyMap<string, VariableFacts>;
  /** By `namespace.name`. */
  readonly functions: ReadonlyMap<string, FunctionFacts>;
  readonly resources: readonly ResourceFacts[];
  readonly outputs: readonly OutputFacts[];
  /** True where resources have symbolic names. */
  readonly symbolic: boolean;
  /** Names that lead back to themselves; see `cyclicNames`. */
  readonly cyclic: ReadonlySet<string>;
}

export function templateFactsOf(template: JsonObject, source: ArmSource): TemplateFacts {
  const kind = kindOfRoot(template);
  const resources = memberOf(template, 'resources');
  const definitions = memberOf(template, 'definitions');
  let cyclic: ReadonlySet<string> | undefined;
  const facts: TemplateFacts = {
    node: template,
    scope: kind.kind === 'template' ? kind.scope : 'resourceGroup',
    parameters: parametersOf(memberOf(template, 'parameters'), definitions),
    variables: variablesOf(memberOf(template, 'variables')),
    functions: functionsOf(memberOf(template, 'functions')),
    resources: resourcesOf(resources, template, source, []),
    outputs: outputsOf(memberOf(template, 'outputs'), definitions),
    symbolic: resources?.kind === 'object',
    get cyclic() {
      cyclic ??= cyclicNames(facts, source);
      return cyclic;
    },
  };
  return facts;
}

/** The value of a member, whatever the case of its name; `name` is in lower case. */
export function memberOf(object: JsonObject, name: string): JsonNode | undefined {
  return findMemberIgnoringCase(object, name)?.value;
}

export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

function membersOf(node: JsonNode | undefined): readonly JsonMember[] {
  return node?.kind === 'object' ? node.members : [];
}

function parametersOf(
  node: JsonNode | undefined,
  definitions: JsonNode | undefined,
): ReadonlyMap<string, ParameterFacts> {
  const parameters = new Map<string, ParameterFacts>();
  for (const { key, value } of membersOf(node)) {
    if (value?.kind !== 'object') continue;
    const allowed = typed(value, definitions, (each) => memberOf(each, 'allowedvalues'));
    parameters.set(key.value.toLowerCase(), {
      name: key.value,
      node: value,
      key,
      type: typeOf(value, definitions),
      nullable: typed(value, definitions, (each) => memberOf(each, 'nullable'))?.value === true,
      secure: isSecure(value, definitions),
      defaultValue: memberOf(value, 'defaultvalue'),
      allowedValues: allowed?.kind === 'array' ? allowed : undefined,
    });
  }
  return parameters;
}

/** Definitions may refer to each other. */
const maximumDefinitions = 32;

/** What a declaration says, or else the definition that it refers to by `$ref`. */
function typed<Found extends JsonNode>(
  declaration: JsonObject,
  definitions: JsonNode | undefined,
  read: (node: JsonObject) => Found | undefined,
): (Found & { readonly value?: unknown }) | undefined {
  let node: JsonObject | undefined = declaration;
  for (let step = 0; node !== undefined && step < maximumDefinitions; step++) {
    const found = read(node);
    if (found !== undefined) return found;
    const reference = textOf(memberOf(node, '$ref'));
    const name = reference?.startsWith('#/definitions/') ? decodedPointer(reference.slice(14)) : undefined;
    const target: JsonNode | undefined =
      name === undefined || definitions?.kind !== 'object' ? undefined : memberOf(definitions, name.toLowerCase());
    node = target?.kind === 'object' ? target : undefined;
  }
  return undefined;
}

/** A JSON pointer's `~1` is a slash, `~0` a tilde. */
function decodedPointer(written: string): string {
  return written.replaceAll('~1', '/').replaceAll('~0', '~');
}

function typeOf(declaration: JsonObject, definitions: JsonNode | undefined): string {
  const type = typed(declaration, definitions, (each) => memberOf(each, 'type'));
  return textOf(type)?.toLowerCase() ?? '';
}

function isSecure(declaration: JsonObject, definitions: JsonNode | undefined): boolean {
  const type = typeOf(declaration, definitions);
  return type === 'securestring' || type === 'secureobject';
}

function copiesIn(node: JsonNode | undefined): readonly CopyFacts[] {
  if (node?.kind !== 'array') return [];
  const copies: CopyFacts[] = [];
  for (const item of node.items) {
    if (item.kind !== 'object') continue;
    const copy = copyOf(item);
    if (copy.name !== undefined && copy.input !== undefined) copies.push(copy);
  }
  return copies;
}

/** The loops over the properties of an object: its member `copy`, where that is a list of them. */
export function propertyCopies(object: JsonObject): readonly CopyFacts[] {
  const node = object.members.find((member) => member.key.value.toLowerCase() === 'copy')?.value;
  return node === undefined ? [] : copiesIn(node);
}

function copyOf(node: JsonObject): CopyFacts {
  return {
    name: textOf(memberOf(node, 'name')),
    count: memberOf(node, 'count'),
    input: memberOf(node, 'input'),
    node,
  };
}

function variablesOf(node: JsonNode | undefined): ReadonlyMap<string, VariableFacts> {
  const variables = new Map<string, VariableFacts>();
  for (const { key, value } of membersOf(node)) {
    const name = key.value.toLowerCase();
    const copies = name === 'copy' ? copiesIn(value) : [];
    for (const copy of copies) variables.set((copy.name ?? '').toLowerCase(), { kind: 'copy', copy });
    if (copies.length === 0 && value !== undefined) variables.set(name, { kind: 'value', value });
  }
  return variables;
}

function functionsOf(node: JsonNode | undefined): ReadonlyMap<string, FunctionFacts> {
  const functions = new Map<string, FunctionFacts>();
  for (const group of node?.kind === 'array' ? node.items : []) {
    if (group.kind !== 'object') continue;
    const namespace = textOf(memberOf(group, 'namespace')) ?? '';
    for (const { key, value } of membersOf(memberOf(group, 'members'))) {
      if (value?.kind !== 'object') continue;
      const parameters = memberOf(value, 'parameters');
      const output = memberOf(value, 'output');
      functions.set(`${namespace}.${key.value}`.toLowerCase(), {
        parameters: (parameters?.kind === 'array' ? parameters.items : []).map((each) =>
          (each.kind === 'object' ? (textOf(memberOf(each, 'name')) ?? '') : '').toLowerCase(),
        ),
        value: output?.kind === 'object' ? memberOf(output, 'value') : undefined,
      });
    }
  }
  return functions;
}

function resourcesOf(
  node: JsonNode | undefined,
  template: JsonObject,
  source: ArmSource,
  within: readonly JsonObject[],
): readonly ResourceFacts[] {
  if (node?.kind === 'object') {
    return node.members.flatMap((member) =>
      member.value?.kind === 'object' ? [resourceOf(member.value, member, template, source, within)] : [],
    );
  }
  if (node?.kind !== 'array') return [];
  return node.items.flatMap((item) =>
    item.kind === 'object' ? [resourceOf(item, undefined, template, source, within)] : [],
  );
}

function resourceOf(
  node: JsonObject,
  member: JsonMember | undefined,
  template: JsonObject,
  source: ArmSource,
  within: readonly JsonObject[],
): ResourceFacts {
  const { uri } = source;
  const type = memberOf(node, 'type');
  const copy = memberOf(node, 'copy');
  const existing = memberOf(node, 'existing');
  const header: Span = type ?? member?.key ?? { start: node.start, end: node.start + 1 };
  const whole: Span = member ?? node;
  const handle: ArmNode = { declaration: node, source, template, within };
  return {
    symbol: member?.key.value,
    node,
    type,
    literalType: textOf(type)?.toLowerCase(),
    apiVersion: memberOf(node, 'apiversion'),
    name: memberOf(node, 'name'),
    condition: memberOf(node, 'condition'),
    scope: memberOf(node, 'scope'),
    existing: existing?.kind === 'boolean' && existing.value,
    extension: memberOf(node, 'import') !== undefined || memberOf(node, 'extension') !== undefined,
    copy: copy?.kind === 'object' ? copyOf(copy) : undefined,
    properties: memberOf(node, 'properties'),
    nested: resourcesOf(memberOf(node, 'resources'), template, source, [...within, node]),
    header: { uri, start: header.start, end: header.end },
    place: { uri, start: whole.start, end: whole.end },
    handle: { language: 'arm', uri, node: handle },
  };
}

function outputsOf(node: JsonNode | undefined, definitions: JsonNode | undefined): readonly OutputFacts[] {
  return membersOf(node).flatMap((member): OutputFacts[] => {
    const { key, value } = member;
    if (value?.kind !== 'object') return [];
    const copy = memberOf(value, 'copy');
    return [
      {
        name: key.value,
        member,
        node: value,
        secure: isSecure(value, definitions),
        value: memberOf(value, 'value'),
        condition: memberOf(value, 'condition'),
        copy: copy?.kind === 'object' ? copyOf(copy) : undefined,
      },
    ];
  });
}
