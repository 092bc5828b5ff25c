import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from 'yaml';
import {
  type Data,
  type DataObject,
  FunctionError,
  isDataArray,
  isDataObject,
  newDataObject,
  requireDepth,
  requireSize,
} from './data.ts';
import { formatRfc3339, parseTimestamp } from './dates.ts';
import { decimalText } from './numbers.ts';

/** How many nodes a YAML text may stand for, anchors that are used again counted every time. */
const maximumNodes = 100_000;

/** The data of a YAML text with one document. Throws FunctionError. */
export function decodeYaml(text: string): Data {
  requireSize(text.length, 'characters');
  if (text.startsWith('%')) throw new FunctionError('YAML directives are not supported.');
  const documents = parseAllDocuments(text, { version: '1.2', merge: true, uniqueKeys: false, logLevel: 'silent' });
  const [document] = documents;
  if (!Array.isArray(documents) || document === undefined) throw new FunctionError('The YAML text is empty.');
  if (documents.length > 1) throw new FunctionError('The YAML text has more than one document.');
  const [error] = document.errors;
  if (error !== undefined) throw new FunctionError(`The text is not YAML: ${error.message.split('\n')[0] ?? ''}`);
  const budget = { left: maximumNodes };
  const read = (node: unknown, depth: number): Data => {
    requireDepth(depth);
    if (--budget.left < 0) throw new FunctionError(`The YAML text stands for more than ${maximumNodes} values.`);
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw new FunctionError(`The YAML text has no anchor '${node.source}'.`);
      return read(target, depth + 1);
    }
    if (isScalar(node)) return scalarOf(node);
    if ((isSeq(node) || isMap(node)) && node.tag !== undefined) throw unsupportedTag(node.tag);
    if (isSeq(node)) return node.items.map((item) => read(item, depth + 1));
    if (!isMap(node)) throw new FunctionError('The YAML text has something that is not supported.');
    const object = newDataObject();
    const merged: DataObject[] = [];
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      if (isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.source === '<<') {
        const source = read(pair.value, depth + 1);
        if (!isDataObject(source)) throw new FunctionError("A merge key ('<<') of the YAML text has no map beside it.");
        merged.push(source);
        continue;
      }
      const key = read(pair.key, depth + 1);
      if (typeof key === 'object') throw new FunctionError('A key of the YAML text is not a scalar.');
      object[String(key)] = read(pair.value, depth + 1);
    }
    for (const part of merged) {
      for (const [key, value] of Object.entries(part)) if (!Object.hasOwn(object, key)) object[key] = value;
    }
    return object;
  };
  return read(document.contents as Node | null, 0);
}

function scalarOf(node: Scalar): Data {
  const { value, source, type, tag } = node;
  if (tag !== undefined && tag !== 'tag:yaml.org,2002:str') throw unsupportedTag(tag);
  // Terraform's reader also knows the booleans of YAML 1.1.
  if (type === 'PLAIN' && tag === undefined && typeof value === 'string') {
    if (/^(y|Y|yes|Yes|YES|on|On|ON)$/.test(value)) return true;
    if (/^(n|N|no|No|NO|off|Off|OFF)$/.test(value)) return false;
  }
  if (type === 'PLAIN' && tag === undefined && typeof value === 'string') {
    const date = /^(\d{4})-(\d\d?)-(\d\d?)([Tt ].+)?$/.exec(value);
    if (date !== null) return dateText(value, date);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new FunctionError('The YAML text has a number that is not finite.');
    if (!Number.isSafeInteger(value) && Number.isInteger(value)) {
      throw new FunctionError(`The number ${source ?? value} is too large to be exact.`);
    }
    return value;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  throw new FunctionError('The YAML text has a scalar that is not supported.');
}

/** Terraform hands out dates without quotes as timestamps; what only looks like one stays text. */
function dateText(value: string, date: RegExpExecArray): string {
  const [, year = '', month = '', day = '', clock = 'T00:00:00Z'] = date;
  try {
    const time = parseTimestamp(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${clock}`, false);
    return formatRfc3339({ ...time, nanoseconds: 0 });
  } catch {
    return value;
  }
}

function unsupportedTag(tag: string): FunctionError {
  return new FunctionError(`The tag '${tag}' of the YAML text is not supported.`);
}

/** YAML as Terraform's `yamlencode` writes it: every text and key in double quotes, names sorted. */
export function encodeYaml(data: Data): string {
  const lines = new LineWriter();
  writeYaml(data, 0, lines, '', 0);
  // A plain scalar alone in a document is followed by the mark of its end.
  if (data === null || typeof data === 'number' || typeof data === 'boolean') lines.push('...');
  return lines.text();
}

/** Collects lines up to the budget of a result. */
class LineWriter {
  private readonly lines: string[] = [];
  private size = 0;

  push(line: string): void {
    this.size += line.length + 1;
    requireSize(this.size, 'characters');
    this.lines.push(line);
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

/** Writes a value whose first line begins with `lead`; further lines are indented by `indent`. */
function writeYaml(data: Data, indent: number, lines: LineWriter, lead: string, depth: number): void {
  requireDepth(depth);
  const margin = ' '.repeat(indent);
  if (isDataArray(data) && data.length > 0) {
    let prefix = lead;
    for (const item of data) {
      writeItem(item, indent, lines, `${prefix}- `, depth);
      prefix = margin;
    }
  } else if (isDataObject(data) && Object.keys(data).length > 0) {
    let prefix = lead;
    for (const key of Object.keys(data).sort()) {
      if (key.length > 100 || key.includes('\n'))
        throw new FunctionError('A name this long or over several lines is not written as YAML here.');
      const head = `${prefix}${quote(key)}:`;
      const value = data[key] ?? null;
      if (isDataArray(value) && value.length > 0) {
        lines.push(head);
        writeYaml(value, indent, lines, margin, depth + 1);
      } else if (isDataObject(value) && Object.keys(value).length > 0) {
        lines.push(head);
        writeYaml(value, indent + 2, lines, `${margin}  `, depth + 1);
      } else {
        writeScalar(value, indent + 2, lines, `${head} `);
      }
      prefix = margin;
    }
  } else {
    writeScalar(data, Math.max(indent, 2), lines, lead);
  }
}

function writeItem(item: Data, indent: number, lines: LineWriter, lead: string, depth: number): void {
  writeYaml(item, indent + 2, lines, lead, depth + 1);
}

function writeScalar(data: Data, indent: number, lines: LineWriter, lead: string): void {
  if (isDataArray(data)) lines.push(`${lead}[]`);
  else if (isDataObject(data)) lines.push(`${lead}{}`);
  else if (typeof data === 'string') writeText(data, indent, lines, lead);
  else lines.push(lead + (typeof data === 'number' ? decimalText(data) : String(data)));
}

function writeText(text: string, indent: number, lines: LineWriter, lead: string): void {
  // Text over several lines stands as it is, unless some of it could not be seen that way.
  if (!text.includes('\n') || text.includes(' \n') || text.endsWith(' ') || specialText.test(text)) {
    lines.push(lead + quote(text, { column: lead.length, indent }));
    return;
  }
  const margin = ' '.repeat(indent);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const keep = text === '\n' || text.endsWith('\n\n') ? '+' : '';
  lines.push(`${lead}|${hint}${text.endsWith('\n') ? keep : '-'}`);
  for (const line of body.split('\n')) lines.push(line === '' ? '' : margin + line);
}

/** Whatever is escaped between double quotes, the quote and the backslash left out. */
const specialText = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** A text between quotes goes on in the next line at the first blank beyond this column. */
const foldColumn = 80;

const shortEscapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** `fold` says at which column the text begins and how far the lines are indented on which a long one goes on. */
function quote(text: string, fold?: { readonly column: number; readonly indent: number }): string {
  const characters = [...text];
  let quoted = '"';
  let lineStart = -(fold?.column ?? 0);
  characters.forEach((character, index) => {
    const short = shortEscapes[character];
    if (character === ' ' && fold !== undefined && index > 0 && index < characters.length - 1) {
      if (characters[index - 1] !== ' ' && quoted.length - lineStart > foldColumn) {
        quoted += `\n${' '.repeat(fold.indent)}`;
        lineStart = quoted.length - fold.indent;
        if (characters[index + 1] === ' ') quoted += '\\';
        return;
      }
    }
    if (short !== undefined) quoted += short;
    else if (!specialText.test(character)) quoted += character;
    else quoted += hexadecimalEscape(character.codePointAt(0) ?? 0);
  });
  return `${quoted}"`;
}

function hexadecimalEscape(code: number): string {
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
