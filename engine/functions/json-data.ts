import { parseJson } from '../text/json.ts';
import type { JsonNode } from '../text/json-syntax.ts';
import {
  type Data,
  type DataObject,
  FunctionError,
  isDataArray,
  newDataObject,
  requireDepth,
  requireSize,
} from './data.ts';
import { decimalText } from './numbers.ts';

/** The data that a JSON text stands for. Comments are allowed. Throws FunctionError where the text is not JSON. */
export function decodeJson(text: string): Data {
  const document = parseJson(text);
  const problem = document.problems.find((candidate) => !candidate.message.includes('is set twice'));
  if (document.root === undefined || problem !== undefined) {
    throw new FunctionError(`The text is not JSON. ${problem?.message ?? ''}`.trim());
  }
  return dataOfJson(document.root);
}

/** The data of a parsed value; members without a value are left out, of two members with one name the last counts. */
export function dataOfJson(node: JsonNode): Data {
  switch (node.kind) {
    case 'array':
      return node.items.map(dataOfJson);
    case 'object': {
      const object = newDataObject();
      for (const member of node.members) {
        if (member.value !== undefined) object[member.key.value] = dataOfJson(member.value);
      }
      return object;
    }
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return node.value;
  }
}

export interface JsonStyle {
  /** Escapes `<`, `>`, `&`, U+2028 and U+2029 as Go's encoder does. */
  readonly escapeMarkup: boolean;
  /** Puts the members of every object in the order of their names. */
  readonly sortKeys: boolean;
}

/** JSON without white space. Throws FunctionError when it would be too long or too deep. */
export function encodeJson(data: Data, style: JsonStyle, depth = 0): string {
  if (data === null) return 'null';
  if (typeof data === 'string') return encodeString(data, style);
  if (typeof data === 'number') return decimalText(data);
  if (typeof data === 'boolean') return data ? 'true' : 'false';
  requireDepth(depth);
  let text: string;
  if (isDataArray(data)) {
    text = `[${data.map((item) => encodeJson(item, style, depth + 1)).join(',')}]`;
  } else {
    const object: DataObject = data;
    const keys = Object.keys(object);
    if (style.sortKeys) keys.sort();
    const members = keys.map(
      (key) => `${encodeString(key, style)}:${encodeJson(object[key] ?? null, style, depth + 1)}`,
    );
    text = `{${members.join(',')}}`;
  }
  requireSize(text.length, 'characters');
  return text;
}

function encodeString(text: string, style: JsonStyle): string {
  const plain = JSON.stringify(text);
  if (!style.escapeMarkup || !/[<>&\u2028\u2029]/.test(plain)) return plain;
  return plain.replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
