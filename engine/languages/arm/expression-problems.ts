import {
  type JsonDocument,
  type JsonNode,
  type JsonObject,
  type JsonString,
  sourceSpan,
} from '../../text/json-syntax.ts';
import type { SyntaxProblem } from '../../text/span.ts';
import { isArmExpression, parseArmExpression } from './expression-parser.ts';
import { type ArmCall, type ArmExpression, childrenOf } from './expression-syntax.ts';
import { kindOfRoot } from './template-kind.ts';

/** What is wrong with the expressions of a template, each in the order of the text. */
export interface ExpressionProblems {
  readonly syntax: readonly SyntaxProblem[];
  /** Parameters, variables and functions that are used and not declared. */
  readonly names: readonly SyntaxProblem[];
}

/** Where nothing is evaluated; in lower case. */
const plainMembers: ReadonlySet<string> = new Set(['metadata', 'comments']);

/** More than so many would tell nothing new. */
const maximumProblems = 100;

/** Names that may be used, in lower case; functions as `namespace.name`. */
interface Names {
  readonly parameters: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** Looks at every expression of a template, and of those that are nested in it. */
export function expressionProblems({ root }: JsonDocument, text: string): ExpressionProblems {
  if (root === undefined) return { syntax: [], names: [] };
  const isTemplate = root.kind === 'object' && kindOfRoot(root).kind === 'template';
  const walk = new Walk(text);
  if (isTemplate) walk.template(root);
  else walk.node(root, undefined);
  return { syntax: walk.syntax, names: walk.names };
}

class Walk {
  readonly syntax: SyntaxProblem[] = [];
  readonly names: SyntaxProblem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** A template with names of its own. */
  template(template: JsonObject): void {
    const names: Names = {
      parameters: keysOf(memberOf(template, 'parameters')),
      variables: variablesOf(memberOf(template, 'variables')),
      functions: functionsOf(memberOf(template, 'functions')),
    };
    for (const { key, value } of template.members) {
      const section = key.value.toLowerCase();
      if (value === undefined || plainMembers.has(section)) continue;
      if (section === 'functions') this.#functions(value, names);
      else this.node(value, names);
    }
  }

  /** Functions see their own parameters and each other. */
  #functions(node: JsonNode, { functions }: Names): void {
    for (const group of node.kind === 'array' ? node.items : []) {
      const members = group.kind === 'object' ? memberOf(group, 'members') : undefined;
      for (const { value } of members?.kind === 'object' ? members.members : []) {
        const output = value?.kind === 'object' ? memberOf(value, 'output') : undefined;
        if (value?.kind !== 'object' || output === undefined) continue;
        const listed = memberOf(value, 'parameters');
        const parameters = (listed?.kind === 'array' ? listed.items : []).flatMap((each) => textOf(each, 'name'));
        this.node(output, { parameters: new Set(parameters), variables: new Set(), functions });
      }
    }
  }

  /** `names` is undefined where it cannot be told what is declared. */
  node(node: JsonNode, names: Names | undefined): void {
    switch (node.kind) {
      case 'object':
        for (const { key, value } of node.members) {
          if (value === undefined || plainMembers.has(key.value.toLowerCase())) continue;
          if (key.value.toLowerCase() === 'template' && value.kind === 'object' && hasOwnNames(node))
            this.template(value);
          else this.node(value, names);
        }
        return;
      case 'array':
        for (const item of node.items) this.node(item, names);
        return;
      case 'string':
        if (this.syntax.length < maximumProblems && isArmExpression(node.value)) this.#expression(node, names);
        return;
      case 'number':
      case 'boolean':
      case 'null':
        return;
    }
  }

  #expression(node: JsonString, names: Names | undefined): void {
    const { expression, problems } = parseArmExpression(node.value);
    for (const { start, end, message } of problems)
      this.syntax.push({ ...sourceSpan(node, this.#text, start, end), message });
    if (expression !== undefined && names !== undefined) this.#uses(expression, node, names);
  }

  #uses(expression: ArmExpression, node: JsonString, names: Names): void {
    if (expression.kind === 'call') this.#call(expression, node, names);
    for (const child of childrenOf(expression)) this.#uses(child, node, names);
  }

  #call(call: ArmCall, node: JsonString, names: Names): void {
    const [argument] = call.arguments;
    const name = argument?.kind === 'string' ? argument.value : undefined;
    if (call.namespace !== undefined) {
      const full = `${call.namespace}.${call.name}`;
      if (!names.functions.has(full.toLowerCase())) this.#unknown('function', full, call, node);
    } else if (argument !== undefined && name !== undefined) {
      const isParameter = call.lowerName === 'parameters';
      if (isParameter && !names.parameters.has(name.toLowerCase())) this.#unknown('parameter', name, argument, node);
      if (call.lowerName === 'variables' && !names.variables.has(name.toLowerCase()))
        this.#unknown('variable', name, argument, node);
    }
  }

  #unknown(what: string, name: string, { start, end }: ArmExpression, node: JsonString): void {
    if (this.names.length >= maximumProblems) return;
    const message = `There is no ${what} '${name}' in this template, so Azure will refuse it. Declare it, or correct the name.`;
    this.names.push({ ...sourceSpan(node, this.#text, start, end), message });
  }
}

/** True for the properties of a deployment whose template is evaluated with names of its own ("inner" scope). */
function hasOwnNames(properties: JsonObject): boolean {
  const options = memberOf(properties, 'expressionevaluationoptions');
  return options?.kind === 'object' && textOf(options, 'scope').includes('inner');
}

function memberOf(object: JsonObject, name: string): JsonNode | undefined {
  return object.members.findLast(({ key }) => key.value.toLowerCase() === name)?.value;
}

/** The text of a member, in lower case, if it is one. */
function textOf(node: JsonNode, name: string): readonly string[] {
  const value = node.kind === 'object' ? memberOf(node, name) : undefined;
  return value?.kind === 'string' ? [value.value.toLowerCase()] : [];
}

function keysOf(node: JsonNode | undefined): ReadonlySet<string> {
  return new Set(node?.kind === 'object' ? node.members.map(({ key }) => key.value.toLowerCase()) : []);
}

/** Those of loops are in a member `copy`. */
function variablesOf(node: JsonNode | undefined): ReadonlySet<string> {
  const copies = node?.kind === 'object' ? memberOf(node, 'copy') : undefined;
  const looped = copies?.kind === 'array' ? copies.items.flatMap((each) => textOf(each, 'name')) : [];
  return new Set([...keysOf(node), ...looped]);
}

function functionsOf(node: JsonNode | undefined): ReadonlySet<string> {
  const functions = new Set<string>();
  for (const group of node?.kind === 'array' ? node.items : []) {
    const [namespace = ''] = textOf(group, 'namespace');
    const members = group.kind === 'object' ? memberOf(group, 'members') : undefined;
    for (const name of keysOf(members)) functions.add(`${namespace}.${name}`);
  }
  return functions;
}
