import { describe, expect, it } from 'vitest';
import {
  afterBlanks,
  beforeBlanks,
  indentationAt,
  isBlank,
  isOneLine,
  lineBreakEnd,
  lineStart,
} from '../../../engine/text/layout.ts';

const text = '\n \tab  c\r\n\td';

describe('lines of a text', () => {
  it('begin behind a line feed', () => {
    expect([0, 1, 5, 10, 12].map((offset) => lineStart(text, offset))).toEqual([0, 1, 1, 10, 10]);
    expect([4, 12].map((offset) => indentationAt(text, offset))).toEqual([' \t', '\t']);
  });

  it('end in a line break of one or two units', () => {
    expect([0, 8, 9, 4].map((offset) => lineBreakEnd(text, offset))).toEqual([1, 10, 10, 4]);
    expect(isOneLine(text, 1, 8)).toBe(true);
    expect(isOneLine(text, 1, 9)).toBe(false);
  });

  it('have blanks, line breaks not among them', () => {
    expect(afterBlanks(text, 5)).toBe(7);
    expect(beforeBlanks(text, 7)).toBe(5);
    expect(beforeBlanks(text, 3)).toBe(1);
    expect(isBlank(text, 0, 3)).toBe(true);
    expect(isBlank(text, 0, 4)).toBe(false);
  });
});
