import { FunctionError } from './data.ts';
import { encodeHexadecimal, encodeUtf8 } from './encoding.ts';
import { sha1 } from './hashing.ts';

/** The namespace of ARM's and Bicep's `guid()`. */
const armNamespace = '11fb06fb-712d-4ddd-98c7-e71bbd588830';

/** A name-based UUID (RFC 9562, version 5). Throws FunctionError when the namespace is not a UUID. */
export function uuidVersion5(namespace: string, name: string): string {
  const digits = namespace.replaceAll('-', '');
  if (!/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(namespace)) {
    throw new FunctionError(`'${namespace}' is not a UUID.`);
  }
  const nameBytes = encodeUtf8(name);
  const input = new Uint8Array(16 + nameBytes.length);
  for (let index = 0; index < 16; index++) input[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  input.set(nameBytes, 16);
  const hash = sha1(input).subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const text = encodeHexadecimal(hash);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** ARM's and Bicep's `guid(…)`. */
export function armGuid(parts: readonly string[]): string {
  return uuidVersion5(armNamespace, parts.join('-'));
}

/**
 * ARM's and Bicep's `uniqueString(…)`: 13 characters that depend on the parts alone. The hash is a 64-bit Murmur of two
 * 32-bit halves; the algorithm is not documented, but published for other languages and verified here against results
 * of Azure and of the Bicep compiler.
 */
export function armUniqueString(parts: readonly string[]): string {
  let hash = murmurHash64(encodeUtf8(parts.join('-')));
  let text = '';
  for (let index = 0; index < 13; index++) {
    text += 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number(hash >> 59n));
    hash = BigInt.asUintN(64, hash << 5n);
  }
  return text;
}

/** The hash behind `uniqueString` and behind the `templateHash` that Bicep writes into what it compiles. */
export function murmurHash64(bytes: Uint8Array): bigint {
  const firstFactor = 0x239b961b;
  const secondFactor = 0xab0e9789;
  let first = 0;
  let second = 0;
  const whole = bytes.length - (bytes.length % 8);
  for (let index = 0; index < whole; index += 8) {
    first ^= scramble(littleEndian(bytes, index, 4), firstFactor, 15, secondFactor);
    first = (Math.imul(rotate(first, 19) + second, 5) + 0x561ccd1b) | 0;
    second ^= scramble(littleEndian(bytes, index + 4, 4), secondFactor, 17, firstFactor);
    second = (Math.imul(rotate(second, 13) + first, 5) + 0x0bcaa747) | 0;
  }
  const rest = bytes.length - whole;
  if (rest > 0) first ^= scramble(littleEndian(bytes, whole, Math.min(rest, 4)), firstFactor, 15, secondFactor);
  if (rest > 4) second ^= scramble(littleEndian(bytes, whole + 4, rest - 4), secondFactor, 17, firstFactor);
  first ^= bytes.length;
  second ^= bytes.length;
  first = (first + second) | 0;
  second = (second + first) | 0;
  first = finish(first);
  second = finish(second);
  first = (first + second) | 0;
  second = (second + first) | 0;
  return (BigInt(second >>> 0) << 32n) | BigInt(first >>> 0);
}

function littleEndian(bytes: Uint8Array, from: number, count: number): number {
  let word = 0;
  for (let index = 0; index < count; index++) word |= (bytes[from + index] ?? 0) << (8 * index);
  return word;
}

function scramble(word: number, before: number, bits: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), bits), after);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finish(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
