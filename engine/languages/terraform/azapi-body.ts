import { distribute } from '../../estate/condition.ts';
import { unknown } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import type { TerraformInstance } from './instance.ts';
import { type JsonText, jsonTextValue, type PlaceOf, withHoles } from './json-texts.ts';
import { type Block, findAttribute, type Template } from './syntax.ts';

/**
 * The `body` of an azapi block as an object. Newer providers take an object, older ones a JSON text: `jsonencode(…)`, which
 * the evaluator hands over as the object that it encodes, or a text of JSON, which is read here.
 */
export function azapiBody(instance: TerraformInstance): Value {
  const body = instance.body.get('body');
  return distribute([body], body.origin, ([value]) => {
    if (value === undefined) return body;
    if (value.kind === 'scalar' && typeof value.value === 'string') {
      return read({ written: value.value, parts: [] }, heredocPlaces(instance, value.value), value);
    }
    return value.kind === 'text' ? read(withHoles(value), undefined, value) : value;
  });
}

function read(text: JsonText, placeOf: PlaceOf | undefined, { origin, secret }: Value): Value {
  const found = jsonTextValue(text, origin, secret, placeOf);
  return found ?? unknown('unsupported', 'the body is no JSON text that can be read', origin, undefined, secret);
}

/**
 * Maps offsets of a text to the file where it is a heredoc of literal lines. It must be exactly the text that is expected: the
 * body may have come from elsewhere.
 */
function heredocPlaces(instance: TerraformInstance, expected: string): PlaceOf | undefined {
  const template = heredocOf(instance);
  if (template === undefined) return undefined;
  const starts: { readonly from: number; readonly to: number; readonly source: number }[] = [];
  let length = 0;
  let whole = '';
  for (const part of template.parts) {
    if (part.kind !== 'literal') return undefined;
    // A line with escapes is longer in the file than in the text.
    if (part.end - part.start < part.text.length) return undefined;
    starts.push({ from: length, to: length + part.text.length, source: part.start });
    length += part.text.length;
    whole += part.text;
  }
  if (whole !== expected) return undefined;
  const sourceOf = (offset: number): number | undefined => {
    const line = starts.find((each) => offset >= each.from && offset < each.to);
    return line === undefined ? undefined : line.source + (offset - line.from);
  };
  return (start, end) => {
    const first = sourceOf(start);
    const last = sourceOf(Math.max(start, end - 1));
    return first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
  };
}

function heredocOf(instance: TerraformInstance): Template | undefined {
  const block = instance.node as Block | undefined;
  if (block?.kind !== 'block') return undefined;
  const value = findAttribute(block.body, 'body')?.value;
  return value?.kind === 'template' && value.heredoc !== undefined ? value : undefined;
}
