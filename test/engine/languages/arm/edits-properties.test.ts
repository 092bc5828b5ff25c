import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PathSegment } from '../../../../engine/estate/path.ts';
import { toData } from '../../../../engine/estate/plain.ts';
import type { PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import type { Resource } from '../../../../engine/estate/resource.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { editArmProperties, editArmValue } from '../../../../engine/languages/arm/edits.ts';
import { parseArmExpression, unescapeLiteral } from '../../../../engine/languages/arm/expression-parser.ts';
import { applyEdits, type TextEdit } from '../../../../engine/text/edit.ts';
import { parseJson } from '../../../../engine/text/json.ts';
import type { JsonNode } from '../../../../engine/text/json-syntax.ts';
import { run, uri } from './edited.ts';
import { estateOf } from './estate-of.ts';
import { head, key, style, type Tree, templateOf, tree } from './random-templates.ts';

/** What a template says; raw, with the escape of texts in square brackets undone. */
function read(node: JsonNode | undefined): unknown {
  switch (node?.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.key.value, read(member.value)]));
    case 'array':
      return node.items.map(read);
    case 'string':
      return unescapeLiteral(node.value);
    default:
      return node?.value;
  }
}

function readAll(text: string): unknown {
  const { root, problems } = parseJson(text);
  expect(problems.filter(({ message }) => !message.includes('trailing comma'))).toEqual([]);
  return read(root);
}

function editsOf(text: string, edits: readonly PropertyEdit[]): readonly TextEdit[] {
  const result = run(text, edits);
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.files[0]?.edits ?? [];
}

/** The comments of a text, with what they say. */
function commentsIn(text: string): readonly string[] {
  return parseJson(text).comments.map(({ start, end }) => text.slice(start, end));
}

/** A path that leads into a tree, and possibly beyond it. */
function pathInto(value: Tree, choices: readonly number[], more: readonly string[]): readonly PathSegment[] {
  const path: PathSegment[] = [];
  let current: Tree | undefined = value;
  for (const choice of choices) {
    if (typeof current !== 'object' || current === null) break;
    if (Array.isArray(current)) {
      // The place behind the last item is one too.
      const index: number = choice % (current.length + 1);
      path.push({ kind: 'index', index });
      if (index === current.length) return path;
      current = current[index];
      continue;
    }
    const names = Object.keys(current);
    const name = names[choice % (names.length + 1)];
    if (name === undefined) break;
    path.push({ kind: 'key', key: name });
    current = (current as Readonly<Record<string, Tree>>)[name];
  }
  for (const name of more) {
    // What is written and is no object ends the path.
    if (current !== undefined && (typeof current !== 'object' || current === null || Array.isArray(current))) break;
    path.push({ kind: 'key', key: name });
    current = (current as Readonly<Record<string, Tree>> | undefined)?.[name];
  }
  return path;
}

function withSet(value: Tree | undefined, path: readonly PathSegment[], to: Tree): Tree {
  const [segment, ...rest] = path;
  if (segment === undefined) return to;
  if (segment.kind === 'index') {
    const items = [...((value ?? []) as readonly Tree[])];
    items[segment.index] = withSet(items[segment.index], rest, to);
    return items;
  }
  if (segment.kind !== 'key') throw new Error('no key');
  const members = (value ?? {}) as Readonly<Record<string, Tree>>;
  return { ...members, [segment.key]: withSet(members[segment.key], rest, to) };
}

function whole(members: Readonly<Record<string, Tree>>): unknown {
  return {
    resources: [
      { ...head, name: 'other', tags: { a: 'b' } },
      { ...head, name: 'x', ...members },
    ],
  };
}

function resourceAt(text: string): Resource {
  const found = estateOf(text).resources.find(({ address }) => address.endsWith('/x'));
  if (found === undefined) throw new Error('no resource');
  return found;
}

const inProperties: PathSegment = { kind: 'key', key: 'properties' };
const members = fc.dictionary(key, tree, { maxKeys: 4, noNullPrototype: true });
const turns = fc.array(fc.nat({ max: 9 }), { maxLength: 5 });

describe('setting any property', () => {
  it('gives it the new value and leaves everything else', () => {
    fc.assert(
      fc.property(
        members,
        style,
        turns,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        tree,
        (properties, writing, choices, more, to) => {
          const text = templateOf({ properties }, writing);
          expect(readAll(text)).toEqual(whole({ properties }));
          const path = [inProperties, ...pathInto(properties, choices, more)];
          const edits: PropertyEdit[] = [{ kind: 'set', path, value: { kind: 'data', data: to as Data } }];
          const changes = editsOf(text, edits);
          const after = applyEdits(text, changes);
          expect(readAll(after)).toEqual(whole({ properties: withSet(properties, path.slice(1), to) }));
          // Only what is replaced goes: one value and the comments in it.
          const gone = changes.filter(({ start, end }) => end > start);
          expect(gone.length).toBeLessThanOrEqual(1);
          const kept = commentsIn(text.slice(0, gone[0]?.start) + text.slice(gone[0]?.end ?? text.length));
          if (gone.length === 0) expect(commentsIn(after)).toEqual(commentsIn(text));
          else expect(commentsIn(after).length).toBeGreaterThanOrEqual(kept.length);
          if (writing.lineBreak === '\r\n') expect(/[^\r]\n/.test(after)).toBe(false);
          // A second time nothing is left to change.
          expect(editsOf(after, edits)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('adds several properties as it adds them one after the other', () => {
    fc.assert(
      fc.property(
        members,
        style,
        fc.uniqueArray(key, { minLength: 2, maxLength: 3 }),
        tree,
        (properties, writing, keys, to) => {
          const text = templateOf({ properties }, writing);
          const edits = keys.map((each): PropertyEdit => {
            const path: PathSegment[] = [inProperties, { kind: 'key', key: 'new' }, { kind: 'key', key: each }];
            return { kind: 'set', path, value: { kind: 'data', data: to as Data } };
          });
          let oneByOne = text;
          for (const each of edits) oneByOne = applyEdits(oneByOne, editsOf(oneByOne, [each]));
          expect(readAll(applyEdits(text, editsOf(text, edits)))).toEqual(readAll(oneByOne));
        },
      ),
    );
  });
});

describe('what the estate has after setting any property', () => {
  it('is the new value, in every form of template', () => {
    fc.assert(
      fc.property(
        members,
        style,
        turns,
        tree,
        fc.constantFrom('list' as const, 'symbolic' as const),
        (properties, writing, choices, to, form) => {
          const text = templateOf({ properties }, writing, form);
          const path = [inProperties, ...pathInto(properties, choices, ['a'])];
          const edits: PropertyEdit[] = [{ kind: 'set', path, value: { kind: 'data', data: to as Data } }];
          const result = editArmProperties(
            resourceAt(text),
            edits,
            () => text,
            () => '',
          );
          if (result.kind === 'refused') throw new Error(result.reason);
          const after = applyEdits(text, result.files[0]?.edits ?? []);
          expect(toData(resourceAt(after).body)).toEqual({
            name: 'x',
            properties: withSet(properties, path.slice(1), to),
          });
        },
      ),
    );
  });
});

describe('removing and adding any properties', () => {
  /** Removes some members of an object and adds others; all values are numbers, so that no comment goes with one. */
  function expectLeft(
    text: string,
    above: readonly PathSegment[],
    going: readonly string[],
    coming: readonly string[],
  ): string {
    const path = (name: string): PathSegment[] => [...above, { kind: 'key', key: name }];
    const edits: PropertyEdit[] = [
      ...going.map((name): PropertyEdit => ({ kind: 'remove', path: path(name) })),
      ...coming.map((name): PropertyEdit => ({ kind: 'set', path: path(name), value: { kind: 'data', data: 1 } })),
    ];
    const after = applyEdits(text, editsOf(text, edits));
    expect(commentsIn(after)).toEqual(commentsIn(text));
    expect(editsOf(after, edits)).toEqual([]);
    return after;
  }

  function leftOf(all: Readonly<Record<string, Tree>>, going: readonly string[], coming: readonly string[]) {
    const left = Object.entries(all).filter(([name]) => !going.includes(name));
    return Object.fromEntries([...left, ...coming.map((name): [string, Tree] => [name, 1])]);
  }

  it('leaves everything else, comments too', () => {
    fc.assert(
      fc.property(
        members,
        style,
        fc.subarray(['a', 'b', 'c', 'd-e', '']),
        fc.subarray(['y', 'z']),
        (properties, writing, going, coming) => {
          const flat = Object.fromEntries(Object.keys(properties).map((name, index): [string, Tree] => [name, index]));
          const after = expectLeft(templateOf({ properties: flat }, writing), [inProperties], going, coming);
          expect(readAll(after)).toEqual(whole({ properties: leftOf(flat, going, coming) }));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps at the end what a resource ends with', () => {
    const own = ['kind', 'sku', 'dependsOn', 'resources', 'zones'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(own),
        style,
        fc.subarray(own),
        fc.subarray(['tags', 'identity']),
        (names, writing, going, coming) => {
          const all = Object.fromEntries(names.map((name, index): [string, Tree] => [name, index]));
          const after = expectLeft(templateOf(all, writing), [], going, coming);
          expect(readAll(after)).toEqual(whole(leftOf(all, going, coming)));
          const end = names.filter((name) => !going.includes(name)).at(-1);
          if (end === 'dependsOn' || end === 'resources')
            for (const name of coming)
              expect(after.lastIndexOf(`"${name}"`)).toBeLessThan(after.lastIndexOf(`"${end}"`));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes any items out of a list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 5 }), style, turns, (items, writing, choices) => {
        const text = templateOf({ properties: { a: items } }, writing);
        const going = [...new Set(choices.map((choice) => choice % 5))].filter((index) => index < items.length);
        const edits = going.map(
          (index): PropertyEdit => ({
            kind: 'remove',
            path: [inProperties, { kind: 'key', key: 'a' }, { kind: 'index', index }],
          }),
        );
        const after = applyEdits(text, editsOf(text, edits));
        expect(readAll(after)).toEqual(
          whole({ properties: { a: items.filter((_, index) => !going.includes(index)) } }),
        );
        expect(commentsIn(after)).toEqual(commentsIn(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('setting any text in an expression', () => {
  it('gives it the new value and leaves everything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), fc.boolean(), (from, to, escapes) => {
        const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
        const json = (text: string): string => {
          const written = JSON.stringify(text).slice(1, -1);
          return escapes ? written.replaceAll('(', '\\u0028').replaceAll('a', '\\u0061') : written;
        };
        const [head, own, tail] = [`[concat('"''\\', `, literal(from), ", 'z')]"].map(json);
        const text = `{ "$schema": "https://x/deploymentTemplate.json#", "variables": { "v": "${head}${own}${tail}" } }`;
        const start = text.indexOf('"[') + 1 + (head ?? '').length;
        const place = { uri, start, end: start + (own ?? '').length };
        const result = editArmValue(
          place,
          { kind: 'data', data: to },
          () => text,
          () => '',
        );
        if (result.kind === 'refused') throw new Error(result.reason);
        const after = applyEdits(text, result.files[0]?.edits ?? []);
        expect(after.slice(0, start)).toBe(text.slice(0, start));
        expect(after.endsWith(text.slice(place.end))).toBe(true);
        const { root } = parseJson(after);
        const value = read(root) as { readonly variables: { readonly v: string } };
        const { expression, problems } = parseArmExpression(value.variables.v);
        expect(problems).toEqual([]);
        expect(expression?.kind === 'call' && expression.arguments[1]).toMatchObject({ kind: 'string', value: to });
      }),
      { numRuns: 300 },
    );
  });
});
