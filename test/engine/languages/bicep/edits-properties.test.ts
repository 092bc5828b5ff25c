// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PathSegment } from '../../../../engine/estate/path.ts';
import { toData } from '../../../../engine/estate/plain.ts';
import type { PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { editBicepProperties } from '../../../../engine/languages/bicep/edits.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';
import { estateOf, resourceAt, show } from './estate-of.ts';

type Tree = string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree };

const key = fc.constantFrom('a', 'b', 'c', 'd-e', 'for', 'true', '$x');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.nat(),
      fc.boolean(),
      fc.string({ maxLength: 6 }),
      fc.constantFrom("it's", '${x}', '\\', '\n', '//', ''),
    ),
    fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

/** How a program is written: an endless row of choices that decide on lines, comments and indentation. */
const style = fc.record({
  choices: fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 8 }),
  step: fc.constantFrom('  ', '    ', '\t'),
  lineBreak: fc.constantFrom('\n', '\r\n'),
});

interface Style {
  readonly choices: readonly number[];
  readonly step: string;
  readonly lineBreak: string;
}

class Printer {
  readonly #style: Style;
  #next = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  #choose(): number {
    return this.#style.choices[this.#next++ % this.#style.choices.length] ?? 0;
  }

  /** On one line when `indentation` is undefined. */
  print(value: Tree, indentation: string | undefined): string {
    if (typeof value === 'string') return quoted(value);
    if (typeof value !== 'object') return String(value);
    const isArray = Array.isArray(value);
    const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
    const inner = indentation === undefined || this.#choose() === 0 ? undefined : indentation + this.#style.step;
    const items = isArray
      ? value.map((item: Tree) => this.print(item, inner))
      : Object.entries(value).map(([name, member]) => `${keyText(name)}: ${this.print(member, inner)}`);
    if (items.length === 0) return this.#choose() < 3 ? `${open}${close}` : `${open} ${close}`;
    if (inner === undefined) return `${open} ${items.join(', ')} ${close}`;
    const lines = items.map((item) => `${inner}${item}${this.#comment()}`);
    if (this.#choose() === 1) lines.push(`${inner}// the end`);
    return [open, ...lines, `${indentation}${close}`].join(this.#style.lineBreak);
  }

  #comment(): string {
    const choice = this.#choose();
    return choice === 2 ? ' // note' : choice === 3 ? ' /* note */' : '';
  }
}

function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    "'": "\\'",
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    $: '\\$',
  };
  return `'${[...text].map((each) => escapes[each] ?? each).join('')}'`;
}

function keyText(name: string): string {
  return /^[a-z]+$/.test(name) && name !== 'true' ? name : quoted(name);
}

/** A path that leads into a tree, and possibly beyond it. */
function pathInto(value: Tree, choices: readonly number[], more: readonly string[]): readonly PathSegment[] {
  const path: PathSegment[] = [];
  let current: Tree | undefined = value;
  for (const choice of choices) {
    if (typeof current !== 'object') break;
    if (Array.isArray(current)) {
      if (current.length === 0) break;
      const index: number = choice % current.length;
      path.push({ kind: 'index', index });
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
    if (current !== undefined && (typeof current !== 'object' || Array.isArray(current))) break;
    path.push({ kind: 'key', key: name });
    current = (current as Readonly<Record<string, Tree>> | undefined)?.[name];
  }
  return path;
}

function withSet(value: Tree | undefined, path: readonly PathSegment[], to: Tree): Tree {
  const [segment, ...rest] = path;
  if (segment === undefined) return to;
  if (segment.kind === 'index') {
    const items = value as readonly Tree[];
    return items.map((item, index) => (index === segment.index ? withSet(item, rest, to) : item));
  }
  if (segment.kind !== 'key') throw new Error('no key');
  const members = (value ?? {}) as Readonly<Record<string, Tree>>;
  return { ...members, [segment.key]: withSet(members[segment.key], rest, to) };
}

const other = "resource other 'A.B/c@1' = {\n  name: 'other'\n  tags: { a: 'b' }\n}";

function programOf(properties: Tree, writing: Style): string {
  const body = new Printer({ ...writing, choices: [1, ...writing.choices] }).print({ name: 'x', properties }, '');
  return `${other}\nresource r 'A.B/c@1' = ${body}\n// behind\n`.replace(/\r?\n/g, writing.lineBreak);
}

function dataOf(text: string): unknown {
  return toData(resourceAt(estateOf(text), 'r').body);
}

function edit(text: string, edits: readonly PropertyEdit[]): string {
  const result = editBicepProperties(
    resourceAt(estateOf(text), 'r'),
    edits,
    () => text,
    (ask) => ask.example,
  );
  if (result.kind === 'refused') throw new Error(result.reason);
  return applyEdits(text, result.files[0]?.edits ?? []);
}

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
          const text = programOf(properties, writing);
          expect(dataOf(text)).toEqual({ name: 'x', properties });
          const path: readonly PathSegment[] = [
            { kind: 'key', key: 'properties' },
            ...pathInto(properties, choices, more),
          ];
          const edits: PropertyEdit[] = [{ kind: 'set', path, value: { kind: 'data', data: to as Data } }];
          const after = edit(text, edits);
          expect(dataOf(after)).toEqual(withSet({ name: 'x', properties }, path, to));
          expect(show(resourceAt(estateOf(after), 'other').body)).toBe(show(resourceAt(estateOf(text), 'other').body));
          expect(after.endsWith(`// behind${writing.lineBreak}`)).toBe(true);
          if (writing.lineBreak === '\r\n') expect(/[^\r]\n/.test(after)).toBe(false);
          // A second time nothing is left to change.
          expect(edit(after, edits)).toBe(after);
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
          const text = programOf(properties, writing);
          const edits = keys.map((each): PropertyEdit => {
            const path: PathSegment[] = ['properties', 'new', each].map((name) => ({ kind: 'key', key: name }));
            return { kind: 'set', path, value: { kind: 'data', data: to as Data } };
          });
          let oneByOne = text;
          for (const each of edits) oneByOne = edit(oneByOne, [each]);
          expect(dataOf(edit(text, edits))).toEqual(dataOf(oneByOne));
        },
      ),
    );
  });
});

describe('removing any property', () => {
  it('leaves everything else', () => {
    fc.assert(
      fc.property(members, style, key, tree, (properties, writing, name, value) => {
        const text = programOf({ ...properties, [name]: value }, writing);
        const path: PathSegment[] = [
          { kind: 'key', key: 'properties' },
          { kind: 'key', key: name },
        ];
        const rest = Object.fromEntries(Object.entries(properties).filter(([each]) => each !== name));
        expect(dataOf(edit(text, [{ kind: 'remove', path }]))).toEqual({ name: 'x', properties: rest });
      }),
      { numRuns: 300 },
    );
  });
});
