import { fixed } from './arguments.ts';
import { type Data, FunctionError, newDataObject, type PureFunction, requireSize } from './data.ts';
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeHexadecimal,
  encodeUriComponent,
  encodeUtf8,
} from './encoding.ts';
import { md5, sha1, sha256, sha512 } from './hashing.ts';
import { uuidVersion5 } from './identifiers.ts';
import { decodeJson, encodeJson } from './json-data.ts';
import { normalizeText, textArgument } from './terraform-values.ts';
import { decodeYaml, encodeYaml } from './yaml-data.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

const namespaces: Readonly<Record<string, string>> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};

/** Terraform's encodings and hashes. */
export const terraformEncodingFunctions: Readonly<Record<string, PureFunction>> = {
  base64encode: fixed(1, (args) => encodeBase64(encodeUtf8(textArgument(args, 0)))),
  base64decode: fixed(1, (args) => normalizeText(decodeUtf8(decodeBase64(textArgument(args, 0))))),
  textencodebase64: fixed(2, (args) => encodeBase64(encodeText(textArgument(args, 0), textArgument(args, 1)))),
  textdecodebase64: fixed(2, (args) => decodeText(decodeBase64(textArgument(args, 0)), textArgument(args, 1))),
  urlencode: fixed(1, (args) => encodeUriComponent(textArgument(args, 0)).replaceAll('%20', '+')),
  jsonencode: fixed(1, (args) => encodeJson(args[0] ?? null, { escapeMarkup: true, sortKeys: true })),
  jsondecode: fixed(1, (args) => normalizeText(decodeJson(textArgument(args, 0)))),
  yamlencode: fixed(1, (args) => encodeYaml(args[0] ?? null)),
  yamldecode: fixed(1, (args) => normalizeText(decodeYaml(textArgument(args, 0)))),
  csvdecode: fixed(1, (args) => decodeCsv(textArgument(args, 0))),
  md5: hexadecimal(md5),
  sha1: hexadecimal(sha1),
  sha256: hexadecimal(sha256),
  sha512: hexadecimal(sha512),
  base64sha256: fixed(1, (args) => encodeBase64(sha256(encodeUtf8(textArgument(args, 0))))),
  base64sha512: fixed(1, (args) => encodeBase64(sha512(encodeUtf8(textArgument(args, 0))))),
  uuidv5: fixed(2, (args) => {
    const namespace = textArgument(args, 0);
    return uuidVersion5(namespaces[namespace] ?? namespace, textArgument(args, 1));
  }),
};

function hexadecimal(hash: Hash): PureFunction {
  return fixed(1, (args) => encodeHexadecimal(hash(encodeUtf8(textArgument(args, 0)))));
}

function encodeText(text: string, encoding: string): Uint8Array {
  switch (encoding.toLowerCase()) {
    case 'utf-8':
      return encodeUtf8(text);
    case 'utf-16le':
      return encodeUtf16(text, true);
    case 'utf-16be':
      return encodeUtf16(text, false);
    case 'utf-16':
      return encodeUtf16(`\ufeff${text}`, false);
    case 'us-ascii':
      return encodeUnits(text, 0x7f, encoding);
    case 'iso-8859-1':
      return encodeUnits(text, 0xff, encoding);
    default:
      throw new FunctionError(`The encoding '${encoding}' is not supported.`);
  }
}

function encodeUtf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

function encodeUnits(text: string, highest: number, encoding: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code > highest) throw new FunctionError(`'${character}' does not exist in ${encoding}.`);
    return code;
  });
}

function decodeText(bytes: Uint8Array, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'utf-8':
      return decodeUtf8(bytes);
    case 'utf-16le':
      return decodeUtf16(bytes, true);
    case 'utf-16be':
      return decodeUtf16(bytes, false);
    case 'iso-8859-1':
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    default:
      throw new FunctionError(`The encoding '${encoding}' is not supported.`);
  }
}

function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  if (bytes.length % 2 !== 0) throw new FunctionError('UTF-16 text has an even number of bytes.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 2)
    text += String.fromCharCode(view.getUint16(offset, littleEndian));
  return text;
}

/** CSV as RFC 4180 has it; the first row names the columns. Every row is an object of strings. */
function decodeCsv(text: string): readonly Data[] {
  const [header, ...rows] = readCsvRows(text);
  if (header === undefined) throw new FunctionError('The CSV text has no header.');
  if (new Set(header).size !== header.length)
    throw new FunctionError('Two columns of the CSV text have the same name.');
  requireSize(rows.length * header.length, 'fields');
  return rows.map((row, index) => {
    if (row.length !== header.length) {
      throw new FunctionError(
        `Row ${index + 1} of the CSV text has ${row.length} fields, the header has ${header.length}.`,
      );
    }
    const object = newDataObject();
    header.forEach((name, column) => {
      object[name] = row[column] ?? '';
    });
    return object;
  });
}

function readCsvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (row.length === 0 && /^\r?\n/.test(text.slice(offset, offset + 2))) {
      offset = text.indexOf('\n', offset) + 1;
      continue;
    }
    let field = '';
    if (text.charAt(offset) === '"') {
      for (;;) {
        const close = text.indexOf('"', offset + 1);
        if (close < 0) throw new FunctionError('A quoted field of the CSV text is not closed.');
        field += text.slice(offset + 1, close).replaceAll('\r\n', '\n');
        offset = close + 1;
        if (text.charAt(offset) !== '"') break;
        field += '"';
      }
    } else {
      let end = offset;
      while (end < text.length && text.charAt(end) !== ',' && text.charAt(end) !== '\n') end++;
      field = text.slice(offset, end).replace(/\r$/, '');
      if (field.includes('"'))
        throw new FunctionError('A field of the CSV text has a quote but does not begin with one.');
      offset = end;
    }
    row.push(field);
    const lineBreak = /^\r?\n/.exec(text.slice(offset, offset + 2))?.[0];
    if (text.charAt(offset) === ',') {
      offset++;
      if (offset === text.length) row.push('');
    } else if (lineBreak !== undefined || offset >= text.length) {
      offset += lineBreak?.length ?? 0;
      rows.push(row);
      row = [];
    } else {
      throw new FunctionError('A quoted field of the CSV text is followed by more text.');
    }
    if (offset >= text.length && row.length > 0) {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
