import { type FileReader, type Loaded, loadText } from '../../estate/loaded.ts';
import type { Value } from '../../estate/value.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonDocument, JsonNode, JsonObject, JsonString } from '../../text/json-syntax.ts';
import { isArmExpression, parseArmExpression } from './expression-parser.ts';
import { type ExpressionProblems, expressionProblems } from './expression-problems.ts';
import type { ArmExpression } from './expression-syntax.ts';
import { type TemplateFacts, templateFactsOf } from './template-facts.ts';

/** A template or parameter file, parsed, and what was found out about its parts. */
export interface ArmSource {
  readonly uri: string;
  readonly text: string;
  readonly document: JsonDocument;
  /** What is wrong with a template: all its syntax errors, and the names that it uses and does not declare. */
  readonly problems: () => ExpressionProblems;
  /** The expression that a string is; undefined for plain text. Parsed once for each string. */
  readonly expressionOf: (node: JsonString) => ArmExpression | undefined;
  /** What a template says of itself. Looked at once for each object. */
  readonly factsOf: (template: JsonObject) => TemplateFacts;
  /** The values of nodes of a template that another language holds: there is no text of JSON, and only that language knows them. */
  readonly given: ReadonlyMap<JsonNode, Value> | undefined;
}

/** A text as a source, not yet kept by anyone. */
export function armSource(
  uri: string,
  text: string,
  document: JsonDocument = parseJson(text),
  given: ReadonlyMap<JsonNode, Value> | undefined = undefined,
): ArmSource {
  const expressions = new Map<JsonString, ArmExpression | undefined>();
  const templates = new Map<JsonObject, TemplateFacts>();
  let problems: ExpressionProblems | undefined;
  const source: ArmSource = {
    uri,
    text,
    document,
    problems: () => {
      if (problems === undefined) {
        const { syntax, names } = expressionProblems(document, text);
        problems = { syntax: [...document.problems, ...syntax], names };
      }
      return problems;
    },
    expressionOf: (node) => {
      if (!isArmExpression(node.value)) return undefined;
      if (expressions.has(node)) return expressions.get(node);
      const { expression } = parseArmExpression(node.value);
      expressions.set(node, expression);
      return expression;
    },
    factsOf: (template) => {
      let facts = templates.get(template);
      if (facts === undefined) {
        facts = templateFactsOf(template, source);
        templates.set(template, facts);
      }
      return facts;
    },
    given,
  };
  return source;
}

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class ArmFiles {
  readonly #sources = new Map<string, ArmSource>();

  /** A template or parameter file; `uri` is normalised. */
  load(uri: string, reader: FileReader): Loaded<ArmSource> {
    const state = loadText(uri, reader);
    return state.kind === 'loaded' ? { kind: 'loaded', content: this.of(uri, state.content) } : state;
  }

  /** The source of a text that was read. */
  of(uri: string, text: string): ArmSource {
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === text) return known;
    const source = armSource(uri, text);
    this.#sources.set(uri, source);
    return source;
  }

  /** As `load`; undefined when the file cannot be had. */
  get(uri: string, reader: FileReader): ArmSource | undefined {
    const loaded = this.load(uri, reader);
    return loaded.kind === 'loaded' ? loaded.content : undefined;
  }

  /** Forgets a file, e.g. one that was deleted. */
  forget(uri: string): void {
    this.#sources.delete(uri);
  }
}
