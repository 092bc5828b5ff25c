import fc from 'fast-check';

export type Tree = null | string | number | boolean | readonly Tree[] | { readonly [key: string]: Tree };

export const key = fc.constantFrom('a', 'b', 'c', 'd-e', 'f"g', '$x', '');
export const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
      fc.string({ maxLength: 6 }),
      fc.constantFrom("it's", '[x]', '[[x]', '[', '\\', '\n', '//', '/*', '"', ''),
    ),
    fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

/** How a template is written: an endless row of choices that decide on lines, comments and blanks. */
export const style = fc.record({
  choices: fc.array(fc.nat({ max: 7 }), { minLength: 8, maxLength: 8 }),
  step: fc.constantFrom('  ', '    ', '\t', ''),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  colon: fc.constantFrom(': ', ':', ' : ', ' :\n'),
  isCommaLast: fc.boolean(),
  hasTrailingCommas: fc.boolean(),
});

export type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

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
    if (typeof value !== 'object' || value === null) return String(value);
    const isArray = Array.isArray(value);
    const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
    const inner = indentation === undefined || this.#choose() === 0 ? undefined : indentation + this.#style.step;
    const colon = inner === undefined ? this.#style.colon.trimEnd() : this.#style.colon;
    const items = isArray
      ? value.map((item: Tree) => this.print(item, inner))
      : Object.entries(value).map(([name, member]) => `${quoted(name)}${colon}${this.print(member, inner)}`);
    if (items.length === 0) return this.#empty(open, close, indentation);
    if (inner === undefined) {
      const pad = this.#choose() < 4 ? ' ' : '';
      return `${open}${pad}${items.join(`,${pad}`)}${this.#choose() === 1 ? ' /* one */' : ''}${pad}${close}`;
    }
    const lines = items.map((item, index) => {
      const isLast = index === items.length - 1;
      const before = this.#style.isCommaLast || index === 0 ? '' : ', ';
      const after = this.#style.isCommaLast && (!isLast || this.#style.hasTrailingCommas) ? ',' : '';
      const joint = this.#choose() === 5 && index > 0 && this.#style.isCommaLast ? ' ' : `\n${inner}`;
      return `${joint}${before}${item}${this.#inline()}${after}${joint === ' ' ? '' : this.#comment()}`;
    });
    // Nothing may follow a comment that ends with its line.
    const text = lines.reduce(
      (all, line) => all + (/\/\/[^\n]*$/.test(all) && line.startsWith(' ') ? `\n${line}` : line),
    );
    if (this.#choose() === 1) return `${open}${text}\n${inner}// the end\n${indentation}${close}`;
    return /\/\/[^\n]*$/.test(text) || this.#choose() < 6
      ? `${open}${text}\n${indentation}${close}`
      : `${open}${text}${close}`;
  }

  #empty(open: string, close: string, indentation: string | undefined): string {
    const choice = this.#choose();
    if (choice === 2) return `${open} /* none */ ${close}`;
    if (choice === 3 && indentation !== undefined) return `${open}\n// none\n${indentation}${close}`;
    return choice < 3 ? `${open}${close}` : `${open} ${close}`;
  }

  #inline(): string {
    return this.#choose() === 4 ? ' /* in */' : '';
  }

  #comment(): string {
    const choice = this.#choose();
    return choice === 2 ? ' // note' : choice === 3 ? ' /* note */' : '';
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.startsWith('[') && text.endsWith(']') ? `[${text}` : text);
}

export const head = { type: 'A.B/c', apiVersion: '1' };

/** A template of a resource `other` and a resource `x` with these members. */
export function templateOf(
  members: Readonly<Record<string, Tree>>,
  writing: Style,
  form: 'list' | 'symbolic' = 'list',
): string {
  const body = new Printer(writing).print({ ...head, name: 'x', ...members }, '  ');
  const other = '{ "type": "A.B/c", "apiVersion": "1", "name": "other", "tags": { "a": "b" } }';
  const resources =
    form === 'list' ? `[\n  ${other},\n  ${body} // behind\n]` : `{\n  "one": ${other},\n  "two": ${body} // behind\n}`;
  return `// before\n{\n"resources": ${resources}\n}\n`.replaceAll('\n', writing.lineBreak);
}
