import { backslash, letterU } from './json-characters.ts';
import type { Span, SyntaxProblem } from './span.ts';

/** What a JSON text says, with the span of every part. Spans are half-open UTF-16 offsets into the whole text. */
export interface JsonDocument {
  /** The first value of the text; undefined where there is none. */
  readonly root: JsonNode | undefined;
  /** In the order in which they were met; at most `maximumProblems` of them. */
  readonly problems: readonly SyntaxProblem[];
  /** Spans of the line and block comments, delimiters included, the line break after a line comment left out. */
  readonly comments: readonly Span[];
}

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

/** `start` is at the `{`; `end` is after the `}`, or where reading stopped when it is missing. */
export interface JsonObject extends Span {
  readonly kind: 'object';
  /** In source order, duplicates kept. */
  readonly members: readonly JsonMember[];
}

/** One `"key": value`. Reaches from the key to the end of the value, or of the colon or key where those are missing. */
export interface JsonMember extends Span {
  readonly key: JsonString;
  /** Offset of the colon, -1 where it is missing. */
  readonly colon: number;
  readonly value: JsonNode | undefined;
}

/** `start` is at the `[`; `end` is after the `]`, or where reading stopped when it is missing. */
export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

/** A string, quotes within the span. A key that was written without quotes is one too, with nothing around its content. */
export interface JsonString extends Span {
  readonly kind: 'string';
  /** The text with escapes decoded. Raw line breaks are kept as they are. */
  readonly value: string;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** True when the content has escapes, so that offsets in `value` and in the source differ. */
  readonly escaped: boolean;
}

export interface JsonNumber extends Span {
  readonly kind: 'number';
  /** The nearest double; the digits themselves are in the source. */
  readonly value: number;
}

export interface JsonBoolean extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface JsonNull extends Span {
  readonly kind: 'null';
  readonly value: null;
}

/** The member of this exact name; the last one when there are several, as every JSON reader of Azure takes it. */
export function findMember(object: JsonObject, name: string): JsonMember | undefined {
  for (let index = object.members.length - 1; index >= 0; index--) {
    const member = object.members[index];
    if (member !== undefined && member.key.value === name) return member;
  }
  return undefined;
}

/** As `findMember`, upper and lower case being the same. `lowerCaseName` is in lower case. */
export function findMemberIgnoringCase(object: JsonObject, lowerCaseName: string): JsonMember | undefined {
  for (let index = object.members.length - 1; index >= 0; index--) {
    const member = object.members[index];
    if (member === undefined || member.key.value.length !== lowerCaseName.length) continue;
    if (member.key.value === lowerCaseName || member.key.value.toLowerCase() === lowerCaseName) return member;
  }
  return undefined;
}

/**
 * The source offset of the unit at `decodedOffset` in `node.value`. `text` is the text that `node` was parsed from.
 * The offset one past the last decoded unit gives the end of the content. Offsets outside are clamped.
 */
export function sourceOffset(node: JsonString, text: string, decodedOffset: number): number {
  const wanted = Math.max(0, Math.min(decodedOffset, node.value.length));
  if (!node.escaped) return node.contentStart + wanted;
  let source = node.contentStart;
  for (let decoded = 0; decoded < wanted && source < node.contentEnd; decoded++) {
    source += escapeLength(text, source, node.contentEnd);
  }
  return source;
}

/** The source span of `[start, end)` of `node.value`. */
export function sourceSpan(node: JsonString, text: string, start: number, end: number): Span {
  return { start: sourceOffset(node, text, start), end: sourceOffset(node, text, end) };
}

/**
 * How many source units the decoded unit at `offset` takes: 1 for plain text and for a lone backslash at the end,
 * 2 for an escape, 6 for a `\uXXXX`. Every escape stands for exactly one decoded unit, a broken one too.
 */
export function escapeLength(text: string, offset: number, contentEnd: number): number {
  if (text.charCodeAt(offset) !== backslash) return 1;
  if (offset + 1 >= contentEnd) return 1;
  if (text.charCodeAt(offset + 1) !== letterU) return 2;
  return offset + 6 <= contentEnd && hexadecimalValue(text, offset + 2) >= 0 ? 6 : 2;
}

/** The value of the four hexadecimal digits at `offset`, or -1 when they are not that. */
export function hexadecimalValue(text: string, offset: number): number {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const digit = hexadecimalDigit(text.charCodeAt(offset + index));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hexadecimalDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  if (lower >= 0x61 && lower <= 0x66) return lower - 0x61 + 10;
  return -1;
}
