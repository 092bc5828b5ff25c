import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { maximumJsonDepth, maximumProblems, parseJson } from '../../../engine/text/json.ts';
import {
  findMember,
  findMemberIgnoringCase,
  type JsonNode,
  type JsonObject,
  type JsonString,
  sourceOffset,
  sourceSpan,
} from '../../../engine/text/json-syntax.ts';

function plain(node: JsonNode | undefined): unknown {
  if (node === undefined) return undefined;
  switch (node.kind) {
    case 'object': {
      const entries = node.members.map((member): [string, unknown] => [member.key.value, plain(member.value)]);
      return Object.fromEntries(entries);
    }
    case 'array':
      return node.items.map(plain);
    default:
      return node.value;
  }
}

function objectOf(text: string): JsonObject {
  const root = parseJson(text).root;
  if (root?.kind !== 'object') throw new Error('not an object');
  return root;
}

function stringAt(text: string, key: string): JsonString {
  const value = findMember(objectOf(text), key)?.value;
  if (value?.kind !== 'string') throw new Error('not a string');
  return value;
}

/** Each problem as `message @ the text that it covers`. */
function problemsOf(text: string): string[] {
  return parseJson(text).problems.map((problem) => `${problem.message} @ ${text.slice(problem.start, problem.end)}`);
}

describe('valid JSON', () => {
  it('reads every kind of value with its span', () => {
    const text = '{ "a": [1, -2.5e3, true, false, null], "b": { "c": "d" } }';
    const document = parseJson(text);
    expect(document.problems).toEqual([]);
    expect(plain(document.root)).toEqual({ a: [1, -2500, true, false, null], b: { c: 'd' } });
    const [a, b] = objectOf(text).members;
    expect(text.slice(a?.start, a?.end)).toBe('"a": [1, -2.5e3, true, false, null]');
    expect(text.slice(a?.key.start, a?.key.end)).toBe('"a"');
    expect(text.charAt(a?.colon ?? 0)).toBe(':');
    expect(text.slice(b?.value?.start, b?.value?.end)).toBe('{ "c": "d" }');
  });

  it('agrees with JSON.parse on any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const document = parseJson(text);
        expect(document.problems).toEqual([]);
        expect(plain(document.root)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('agrees with jsonc-parser on the span of every node', () => {
    const same = (own: JsonNode | undefined, other: Node | undefined) => {
      expect([own?.start, own?.end]).toEqual([other?.offset, (other?.offset ?? 0) + (other?.length ?? 0)]);
      if (own?.kind === 'array') own.items.forEach((item, index) => void same(item, other?.children?.[index]));
      if (own?.kind !== 'object') return;
      own.members.forEach((member, index) => {
        const property = other?.children?.[index];
        same(member.key, property?.children?.[0]);
        same(member.value, property?.children?.[1]);
        expect(member.colon).toBe(property?.colonOffset);
      });
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value, null, 2);
        same(parseJson(text).root, parseTree(text));
      }),
    );
  });

  it('accepts a byte order mark and comments', () => {
    const text = '\ufeff// head\r\n{ /* a */ "x": 1 // tail\n}';
    const document = parseJson(text);
    expect(document.problems).toEqual([]);
    expect(document.comments.map((span) => text.slice(span.start, span.end))).toEqual([
      '// head',
      '/* a */',
      '// tail',
    ]);
    expect(plain(document.root)).toEqual({ x: 1 });
  });
});

describe('strings', () => {
  it('decodes escapes and finds the way back to the source', () => {
    const text = String.raw`{ "a": "x\n\u00e9\"y\\z" }`;
    const node = stringAt(text, 'a');
    expect(node.value).toBe('x\n\u00e9"y\\z');
    const y = sourceSpan(node, text, 4, 5);
    expect(text.slice(y.start, y.end)).toBe('y');
    const accent = sourceSpan(node, text, 2, 3);
    expect(text.slice(accent.start, accent.end)).toBe(String.raw`\u00e9`);
    expect(sourceOffset(node, text, node.value.length)).toBe(node.contentEnd);
    expect(sourceOffset(node, text, 999)).toBe(node.contentEnd);
    expect(sourceOffset(node, text, -1)).toBe(node.contentStart);
  });

  it('maps every decoded unit to the source units that stand for it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = JSON.stringify({ a: value });
        const node = stringAt(text, 'a');
        expect(node.value).toBe(value);
        for (let index = 0; index < value.length; index++) {
          const span = sourceSpan(node, text, index, index + 1);
          expect(JSON.parse(`"${text.slice(span.start, span.end)}"`)).toBe(value.charAt(index));
        }
      }),
    );
  });

  it('accepts an expression over several lines', () => {
    const text = `{ "a": "[concat(\n  'x',\n  'y'\n)]", "b": 1 }`;
    expect(problemsOf(text)).toEqual([]);
    expect(stringAt(text, 'a').value).toBe("[concat(\n  'x',\n  'y'\n)]");
    expect(findMember(objectOf(text), 'b')?.value?.kind).toBe('number');
  });

  it('ends an open string at its line when another member follows', () => {
    const text = '{\n  "a": "open,\n  "b": "[concat(\'x\')]",\n  "c": 1\n}';
    expect(problemsOf(text)).toEqual(['This string is not closed: expected \'"\' before the end of the line. @ "open']);
    expect(plain(parseJson(text).root)).toEqual({ a: 'open', b: "[concat('x')]", c: 1 });
  });

  it('ends an open string at its line before the end of the object and of the text', () => {
    expect(plain(parseJson('{ "r": [ { "a": "open\n }, { "b": 1 } ] }').root)).toEqual({
      r: [{ a: 'open' }, { b: 1 }],
    });
    expect(plain(parseJson('{ "a": "open\n}\n').root)).toEqual({ a: 'open' });
    expect(plain(parseJson('{ "a": "open').root)).toEqual({ a: 'open' });
  });

  it('reports an unknown escape and keeps the rest', () => {
    const text = String.raw`{ "a": "x\qy\u12" }`;
    expect(problemsOf(text)).toEqual([
      String.raw`'\q' is not an escape of JSON. @ \q`,
      String.raw`'\u' is not an escape of JSON. @ \u`,
    ]);
    expect(stringAt(text, 'a').value).toBe('xqyu12');
  });
});

describe('mistakes', () => {
  const cases: [text: string, value: unknown, problems: string[]][] = [
    ['', undefined, ['This JSON text is empty; expected a value. @ ']],
    ['{ "a": 1, }', { a: 1 }, ['This comma is followed by nothing; JSON has no trailing comma. @ ,']],
    ['[1, 2,]', [1, 2], ['This comma is followed by nothing; JSON has no trailing comma. @ ,']],
    ['{ "a": 1 "b": 2 }', { a: 1, b: 2 }, ["Expected ',' before the next entry. @ "]],
    ['[1 2]', [1, 2], ["Expected ',' before the next entry. @ "]],
    ['{ "a" 1, "b": 2 }', { a: 1, b: 2 }, ["Expected ':' after the property name. @ "]],
    ['{ "a": , "b": 2 }', { a: undefined, b: 2 }, ['Expected a value after the colon. @ ']],
    ['{ "a":\n "b": 2 }', { a: undefined, b: 2 }, ['Expected a value after the colon. @ ']],
    ['{ "a"\n, "b": 2 }', { a: undefined, b: 2 }, ["Expected ':' after the property name. @ "]],
    ['{ "a": 1,, "b": 2 }', { a: 1, b: 2 }, ['Expected a property name before this comma. @ ,']],
    ['{ a: 1 }', { a: 1 }, ['A property name has to be in double quotes. @ a']],
    ["{ 'a': 'b' }", { a: 'b' }, ["JSON strings take double quotes. @ 'a'", "JSON strings take double quotes. @ 'b'"]],
    ['{ "a": True }', { a: undefined }, ["Expected a value, found 'True'. Text has to be in double quotes. @ True"]],
    ['{ "a": 007 }', { a: 7 }, ["'007' is not a number of JSON. @ 007"]],
    [
      '{ "a": { "b": 1 ',
      { a: { b: 1 } },
      ["This object is not closed: expected '}'. @ {", "This object is not closed: expected '}'. @ {"],
    ],
    ['{ "a": [1, 2 }', { a: [1, 2] }, ["This array is not closed: expected ']'. @ ["]],
    ['[{ "a": 1 ]', [{ a: 1 }], ["This object is not closed: expected '}'. @ {"]],
    ['{ "a": 1 ] }', { a: 1 }, ["Expected a property name, found ']'. @ ]"]],
    ['{ "a": 1 } x', { a: 1 }, ['Unexpected text after the end of the JSON value. @ x']],
    ['{ "a": 1 } /* open', { a: 1 }, ["This comment is not closed: expected '*/'. @ /*"]],
    ['{ "a": 1, "a": 2 }', { a: 2 }, ['\'a\' is set twice in this object; the last one counts. @ "a"']],
  ];
  it.each(cases)('%j', (text, value, problems) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(plain(parseJson(text).root)).toEqual(value);
  });

  it('keeps duplicates and looks up the last', () => {
    const object = objectOf('{ "Name": 1, "name": 2, "name": 3 }');
    expect(object.members).toHaveLength(3);
    expect(findMember(object, 'name')?.value).toMatchObject({ value: 3 });
    expect(findMember(object, 'Name')?.value).toMatchObject({ value: 1 });
    expect(findMemberIgnoringCase(objectOf('{ "TYPE": 1, "x": 2 }'), 'type')?.value).toMatchObject({ value: 1 });
  });

  it('reports duplicates in large objects too', () => {
    const members = Array.from({ length: 40 }, (_, index) => `"k${index % 39}": ${index}`);
    expect(problemsOf(`{ ${members.join(', ')} }`)).toEqual([
      '\'k0\' is set twice in this object; the last one counts. @ "k0"',
    ]);
  });

  it('ends bottomless nesting in one problem', () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000), '[{"a":'.repeat(100_000)]) {
      expect(problemsOf(text)).toHaveLength(1);
      expect(problemsOf(text)[0]).toContain(`deeper than ${maximumJsonDepth} levels`);
    }
    const deepest = '['.repeat(maximumJsonDepth) + ']'.repeat(maximumJsonDepth);
    expect(problemsOf(deepest)).toEqual([]);
  });

  it('never throws, keeps spans in order and within the text, whatever the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      "'",
      '\\',
      '\n',
      ' ',
      '1',
      '-',
      'x',
      '/',
      '//',
      '/*',
      '*/',
      'null',
      '\\u00',
      '\ufeff',
      '\u00a0',
      '😀',
    );
    const check = (node: JsonNode | undefined, from: number, to: number): void => {
      if (node === undefined) return;
      expect(node.start).toBeGreaterThanOrEqual(from);
      expect(node.end).toBeLessThanOrEqual(to);
      expect(node.start).toBeLessThanOrEqual(node.end);
      let last = node.start;
      if (node.kind === 'array') {
        for (const item of node.items) {
          check(item, last, node.end);
          last = item.end;
        }
      } else if (node.kind === 'object') {
        for (const member of node.members) {
          check(member.key, last, member.end);
          check(member.value, member.key.end, member.end);
          expect(member.end).toBeLessThanOrEqual(node.end);
          last = member.end;
        }
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const document = parseJson(text);
        check(document.root, 0, text.length);
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) expect(document.problems.filter((problem) => !problem.message.includes('set twice'))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays quick and brief on hostile text', () => {
    for (const text of [
      '"\n\\"'.repeat(50_000),
      '\n\\"'.repeat(50_000),
      '"\n'.repeat(50_000),
      ',:'.repeat(50_000),
      '{"a" "b"\n'.repeat(400),
    ]) {
      expect(parseJson(`[${text}`).problems.length).toBeLessThanOrEqual(maximumProblems);
    }
  });
});
