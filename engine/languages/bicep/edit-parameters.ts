import { refused } from '../../estate/edit-result.ts';
import { freeName, isEmptyKey, parameterName } from '../../estate/parameter-names.ts';
import type { EditResult } from '../../estate/property-edit.ts';
import type { TextEdit } from '../../text/edit.ts';
import { lineBreakEnd } from '../../text/layout.ts';
import type { Place, Span } from '../../text/span.ts';
import { walk } from './children.ts';
import { checked } from './edit-check.ts';
import { styleOf } from './edit-print.ts';
import { parseBicep } from './parser.ts';
import { keyOf, literalText } from './symbols.ts';
import type { BicepFile, Expression, ObjectExpression, Parameter, Property, Statement, Variable } from './syntax.ts';

/** Functions that write a text another way: what is handed in goes in their place's inside. */
const encoders: ReadonlySet<string> = new Set(['base64']);

/**
 * Takes a value that is written out in the code out of it: a secure parameter without a default hands it in. A parameter
 * keeps its name and loses its default; a variable becomes such a parameter; anything else gives way to a new one.
 */
export function handInBicep(place: Place, textOf: (uri: string) => string | undefined): EditResult {
  const text = textOf(place.uri);
  if (text === undefined) return refused('The file cannot be read.');
  const file = parseBicep(text, 'bicep');
  if (file.problems.length > 0) return refused('There is a syntax error in the file.');
  const statement = file.statements.find((each) => holds(each, place));
  if (statement?.kind === 'param' && isSame(statement.defaultValue, place))
    return checked(place.uri, file, withoutDefault(statement, file));
  if (statement?.kind === 'var' && isSame(statement.value, place)) {
    if (statement.decorators.some((each) => isCallOf(each.call, 'export')))
      return refused('Other files take this variable; hand it in there.');
    return checked(place.uri, file, asParameter(statement, file));
  }
  const found = statement === undefined ? undefined : valueAt(statement, place);
  if (found === undefined) return refused('The value is not where it was.');
  const { expression, key } = found;
  const names = declaredIn(file);
  const wanted = parameterName(key);
  const name = freeName(wanted, key, text.slice(0, expression.start), (each) => names.has(each.toLowerCase()));
  return checked(place.uri, file, [
    declaration(name, file),
    { start: expression.start, end: expression.end, text: name },
  ]);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isSame(node: Span | undefined, place: Span): node is Span {
  return node !== undefined && node.start === place.start && node.end === place.end;
}

function isCallOf(expression: Expression, name: string): boolean {
  if (expression.kind === 'methodCall') return expression.name.name === name;
  return expression.kind === 'call' && expression.name.name === name;
}

/** The expression of just this place, an encoding looked into, and the key of the innermost property around it. */
function valueAt(
  statement: Statement,
  place: Span,
): { readonly expression: Span; readonly key: string | undefined } | undefined {
  let expression: Span | undefined;
  let key: string | undefined;
  let beside: string | undefined;
  walk(statement, (node) => {
    if (!holds(node, place)) return false;
    if (node.kind === 'object') beside = nameIn(node);
    if (node.kind === 'property' && holds(node.value, place)) key = keyOf(node);
    if (expression === undefined && node.kind !== 'property' && isSame(node, place)) {
      const [only, more] = node.kind === 'call' && encoders.has(node.name.name) ? node.arguments : [];
      expression = only !== undefined && more === undefined ? only : node;
    }
    return expression === undefined;
  });
  return expression === undefined ? undefined : { expression, key: isEmptyKey(key) ? (beside ?? key) : key };
}

/** What an object says that its value is called. */
function nameIn(object: ObjectExpression): string | undefined {
  const name = object.items.find((item): item is Property => item.kind === 'property' && keyOf(item) === 'name');
  return name === undefined ? undefined : literalText(name.value);
}

function withoutDefault(parameter: Parameter, file: BicepFile): readonly TextEdit[] {
  const { defaultValue, type } = parameter;
  if (defaultValue === undefined) return [];
  const edits: TextEdit[] = [{ start: type.end, end: defaultValue.end, text: '' }];
  if (!parameter.decorators.some(({ call }) => isCallOf(call, 'secure'))) {
    const { start } = parameter;
    edits.unshift({ start, end: start, text: `@secure()${styleOf(file.text).lineBreak}` });
  }
  return edits;
}

function asParameter(variable: Variable, file: BicepFile): readonly TextEdit[] {
  const { start, keyword, value, name } = variable;
  const secure = `@secure()${styleOf(file.text).lineBreak}`;
  const written = `param ${name.name} string`;
  if (start === keyword) return [{ start, end: value.end, text: secure + written }];
  return [
    { start, end: start, text: secure },
    { start: keyword, end: value.end, text: written },
  ];
}

/** The names that a file declares, in lower case. */
function declaredIn(file: BicepFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if ('name' in statement && typeof statement.name === 'object') names.add(statement.name.name.toLowerCase());
  }
  return names;
}

/** Declares a secure parameter behind the others; without any, at the top of the file. */
function declaration(name: string, file: BicepFile): TextEdit {
  const { text } = file;
  const { lineBreak } = styleOf(text);
  const written = `@secure()${lineBreak}param ${name} string`;
  const parameters = file.statements.filter((each): each is Parameter => each.kind === 'param');
  const last = parameters[parameters.length - 1];
  if (last !== undefined) {
    const before = parameters[parameters.length - 2];
    const isSpaced = before !== undefined && hasBlankLine(text.slice(before.end, last.start));
    const at = endOfLine(last.end, file);
    return { start: at, end: at, text: lineBreak.repeat(isSpaced ? 2 : 1) + written };
  }
  const leading = file.statements.findLast(
    ({ kind }) => kind === 'targetScope' || kind === 'metadata' || kind === 'import' || kind === 'extension',
  );
  if (leading !== undefined) {
    const at = endOfLine(leading.end, file);
    return { start: at, end: at, text: lineBreak.repeat(2) + written };
  }
  const at = afterHeader(file);
  return { start: at, end: at, text: written + lineBreak.repeat(2) };
}

function hasBlankLine(between: string): boolean {
  return /\n[ \t]*\r?\n/.test(between);
}

/** The offset after what else is on the line of an offset: blanks are left out, a comment is not. */
function endOfLine(offset: number, { comments, text }: BicepFile): number {
  const comment = comments.find(({ start }) => start >= offset && /^[ \t]*$/.test(text.slice(offset, start)));
  return comment?.end ?? offset;
}

/** The offset after the comments that a file begins with, where a blank line parts them from what follows. */
function afterHeader({ comments, text }: BicepFile): number {
  let at = 0;
  for (const { start, end } of comments) {
    if (text.slice(at, start).trim() !== '') break;
    at = end;
    const next = lineBreakEnd(text, at);
    const blank = /^[ \t]*\r?\n/.exec(text.slice(next))?.[0];
    if (next > at && blank !== undefined) return next + blank.length;
  }
  return 0;
}
