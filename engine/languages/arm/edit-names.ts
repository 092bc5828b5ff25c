import { parseArmExpression, unescapeLiteral } from './expression-parser.ts';
import { type ArmCall, type ArmExpression, callsIn } from './expression-syntax.ts';

/** A part of a name: fixed text, or an expression as it is written. */
export type NamePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly written: string };

/** One segment of a resource's name, between its slashes. */
export type NameSegment = readonly NamePart[];

/** The segments of a name as the template writes it, decoded. An expression that may hold a slash counts as one segment. */
export function segmentsOf(name: string): readonly NameSegment[] {
  const { expression } = parseArmExpression(name);
  const parts = expression === undefined ? [text(unescapeLiteral(name))] : partsOf(expression, name);
  const segments: NamePart[][] = [[]];
  for (const part of parts) {
    const pieces = part.kind === 'text' ? part.text.split('/').map(text) : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) segments.push([]);
      if (piece.kind === 'expression' || piece.text !== '') segments[segments.length - 1]?.push(piece);
    }
  }
  return segments;
}

function text(written: string): NamePart {
  return { kind: 'text', text: written };
}

function partsOf(expression: ArmExpression, name: string): readonly NamePart[] {
  const whole: NamePart = { kind: 'expression', written: name.slice(expression.start, expression.end) };
  if (expression.kind === 'string') return [text(expression.value)];
  if (expression.kind !== 'call' || expression.namespace !== undefined) return [whole];
  if (expression.lowerName === 'concat') return expression.arguments.flatMap((each) => partsOf(each, name));
  if (expression.lowerName !== 'format') return [whole];
  return formatted(expression, name) ?? [whole];
}

/** The parts of `format('{0}/{1}', …)`; undefined where a hole says how its value is to be written. */
function formatted(call: ArmCall, name: string): readonly NamePart[] | undefined {
  const [pattern, ...values] = call.arguments;
  if (pattern?.kind !== 'string') return undefined;
  const parts: NamePart[] = [];
  for (const piece of pattern.value.split(/(\{\{|\}\}|\{\d+\})/)) {
    if (piece === '{{' || piece === '}}') parts.push(text(piece.slice(1)));
    else if (/^\{\d+\}$/.test(piece)) {
      const value = values[Number(piece.slice(1, -1))];
      if (value === undefined) return undefined;
      parts.push(...partsOf(value, name));
    } else if (/[{}]/.test(piece)) return undefined;
    else if (piece !== '') parts.push(text(piece));
  }
  return parts;
}

/** A segment as an expression, without square brackets. */
export function printSegment(segment: NameSegment): string {
  const [first, second] = segment;
  if (first === undefined) return "''";
  return second === undefined ? printPart(first) : `concat(${segment.map(printPart).join(', ')})`;
}

function printPart(part: NamePart): string {
  return part.kind === 'expression' ? part.written : quoted(part.text);
}

export function quoted(written: string): string {
  return `'${written.replaceAll("'", "''")}'`;
}

/** How a file joins texts. */
export type Joining = 'concat' | 'format';

/** A name of these segments, as the value of `name` before JSON escapes it. */
export function printName(segments: readonly NameSegment[], joining: Joining): string {
  const parts: NamePart[] = [];
  for (const [index, segment] of segments.entries()) {
    for (const part of index === 0 ? segment : [text('/'), ...segment]) {
      const last = parts[parts.length - 1];
      if (part.kind === 'text' && last?.kind === 'text') parts[parts.length - 1] = text(last.text + part.text);
      else parts.push(part);
    }
  }
  const [first, second] = parts;
  if (first?.kind === 'text' && second === undefined) {
    const isExpression = first.text.startsWith('[') && first.text.endsWith(']');
    return isExpression ? `[${first.text}` : first.text;
  }
  if (joining === 'concat') return `[concat(${parts.map(printPart).join(', ')})]`;
  const holes = segments.map((_, index) => `{${index}}`).join('/');
  return `[format('${holes}', ${segments.map(printSegment).join(', ')})]`;
}

/** An expression in which the loop `from` is called `to`; `value` is decoded and may be plain text. */
export function withLoopRenamed(value: string, from: string, to: string): string {
  const names = callsIn(parseArmExpression(value).expression).flatMap(({ lowerName, arguments: [loop] }) =>
    lowerName === 'copyindex' && loop?.kind === 'string' && loop.value.toLowerCase() === from.toLowerCase()
      ? [loop]
      : [],
  );
  let renamed = '';
  let at = 0;
  for (const { start, end } of names.sort((a, b) => a.start - b.start)) {
    renamed += value.slice(at, start) + quoted(to);
    at = end;
  }
  return renamed + value.slice(at);
}
