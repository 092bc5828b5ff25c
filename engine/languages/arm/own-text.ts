const opening = '"template": {';

/**
 * A compiled template without the templates of the modules that are written into it, each left as `{}`. They are most of
 * its text. Undefined where they cannot be told from their indentation, which is how the Bicep compiler writes them.
 */
export function withoutNestedTemplates(text: string): string | undefined {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, from)) {
    const indentation = indentationBefore(text, at);
    const inside = at + opening.length;
    if (indentation === undefined || (text[inside] !== '\n' && text[inside] !== '\r')) return undefined;
    const close = text.indexOf(`\n${indentation}}`, inside);
    if (close < 0) return undefined;
    parts.push(text.slice(from, inside));
    from = close + 1 + indentation.length;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

/** The blanks between the start of the line and the offset; undefined when something else stands there. */
function indentationBefore(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) === 0x20) start--;
  return text.charCodeAt(start - 1) === 0x0a ? text.slice(start, offset) : undefined;
}
