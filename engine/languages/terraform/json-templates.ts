import { sourceOrigin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import type { Span } from '../../text/span.ts';
import { holeOf, jsonTextValue, type PlaceOf } from './json-texts.ts';
import { evaluate } from './resolve-evaluate.ts';
import { templateOfFile } from './resolve-files.ts';
import { type Environment, originOf } from './resolve-scope.ts';
import { evaluateTemplate } from './resolve-templates.ts';
import type { Expression, Template, TemplatePart } from './syntax.ts';

/**
 * What an argument says that takes a text of JSON, each part at its own place: `jsonencode(…)`, a heredoc or a quoted text with
 * or without interpolations, `templatefile(…)`. Everything else as it is evaluated.
 */
export function jsonArgument(expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'parentheses':
      return jsonArgument(expression.expression, environment);
    case 'template': {
      if (expression.wraps) break;
      return readTemplate(expression, environment) ?? evaluate(expression, environment);
    }
    case 'call': {
      const [first] = expression.arguments;
      // What is encoded here is read as what it says: its parts keep their places, and may be unknown.
      if (expression.name === 'jsonencode' && first !== undefined) return evaluate(first, environment);
      if (expression.name !== 'templatefile') break;
      const file = templateOfFile(expression, environment, originOf(environment, expression));
      const read = file?.template.kind === 'template' ? readTemplate(file.template, file.inside) : undefined;
      return read ?? evaluate(expression, environment);
    }
    default:
      break;
  }
  return evaluate(expression, environment);
}

/** A part of the text, and the part of the file that it is made of; `exact` where they are the same. */
interface Piece extends Span {
  readonly source: Span;
  readonly exact: boolean;
}

function readTemplate(template: Template, environment: Environment): Value | undefined {
  const pieces: Piece[] = [];
  const parts: Value[] = [];
  let written = '';
  let secret = false;
  const add = (part: string, source: Span, exact: boolean): void => {
    pieces.push({ start: written.length, end: written.length + part.length, source, exact });
    written += part;
  };
  let inString = false;
  for (const part of template.parts) {
    if (part.kind === 'literal') {
      inString = endsInString(part.text, inString);
      add(part.text, part, part.end - part.start === part.text.length);
      continue;
    }
    const value = evaluatePart(part, template, environment);
    secret ||= value.secret;
    const plain = value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
    // A text that is the whole of a string stays the value that it is, with the way that it took.
    if (plain !== undefined && (!inString || /["\\]/.test(plain))) {
      inString = endsInString(plain, inString);
      add(plain, part, false);
    } else {
      add(inString ? holeOf(parts.length) : `"${holeOf(parts.length)}"`, part, false);
      parts.push(value);
    }
  }
  const origin = sourceOrigin(environment.uri, template.start, template.end);
  return jsonTextValue({ written, parts }, origin, secret, placeIn(pieces));
}

function evaluatePart(part: TemplatePart, template: Template, environment: Environment): Value {
  return part.kind === 'interpolation'
    ? evaluate(part.expression, environment)
    : evaluateTemplate({ ...template, start: part.start, end: part.end, wraps: false, parts: [part] }, environment);
}

/** Whether a string of JSON is open at the end of a text. */
function endsInString(text: string, inString: boolean): boolean {
  let open = inString;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x5c && open) offset++;
    else if (code === 0x22) open = !open;
  }
  return open;
}

function placeIn(pieces: readonly Piece[]): PlaceOf {
  return (start, end) => {
    const first = pieces.find((piece) => start >= piece.start && start < piece.end);
    const last = pieces.find((piece) => end > piece.start && end <= piece.end);
    if (first === undefined || last === undefined) return undefined;
    return {
      start: first.exact ? first.source.start + (start - first.start) : first.source.start,
      end: last.exact ? last.source.start + (end - last.start) : last.source.end,
    };
  };
}
