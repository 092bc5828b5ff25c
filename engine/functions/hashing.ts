// MD5 (RFC 1321) and the SHA family (FIPS 180-4). Their constants are the fractional bits of sines and roots, and are
// computed when first needed instead of being listed.

type Words = Uint32Array;

function lazily<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The message followed by a one bit, zeros and its length in bits, in whole blocks. Lengths stay below 2^53. */
function pad(bytes: Uint8Array, blockSize: number, lengthSize: number, littleEndian: boolean): DataView {
  const blocks = Math.ceil((bytes.length + 1 + lengthSize) / blockSize);
  const padded = new Uint8Array(blocks * blockSize);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const low = (bytes.length * 8) >>> 0;
  const high = Math.floor(bytes.length / 0x20000000);
  const end = padded.length;
  view.setUint32(littleEndian ? end - 8 : end - 4, low, littleEndian);
  view.setUint32(littleEndian ? end - 4 : end - 8, high, littleEndian);
  return view;
}

function toBytes(state: Words, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(state.length * 4);
  const view = new DataView(bytes.buffer);
  state.forEach((word, index) => {
    view.setUint32(index * 4, word, littleEndian);
  });
  return bytes;
}

const sines = lazily(() =>
  Uint32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32)),
);
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** 16 bytes. */
export function md5(bytes: Uint8Array): Uint8Array {
  const view = pad(bytes, 64, 8, true);
  const constants = sines();
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let round = 0; round < 64; round++) {
      const phase = round >> 4;
      let mixed: number;
      let word: number;
      if (phase === 0) {
        mixed = (b & c) | (~b & d);
        word = round;
      } else if (phase === 1) {
        mixed = (d & b) | (~d & c);
        word = (5 * round + 1) & 15;
      } else if (phase === 2) {
        mixed = b ^ c ^ d;
        word = (3 * round + 5) & 15;
      } else {
        mixed = c ^ (b | ~d);
        word = (7 * round) & 15;
      }
      const sum = (a + mixed + (constants[round] ?? 0) + view.getUint32(block + word * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotateLeft(sum, md5Shifts[phase * 4 + (round & 3)] ?? 0)) | 0;
    }
    add(state, [a, b, c, d]);
  }
  return toBytes(state, true);
}

/** 20 bytes. */
export function sha1(bytes: Uint8Array): Uint8Array {
  const view = pad(bytes, 64, 8, false);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const schedule = new Uint32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 16; index++) schedule[index] = view.getUint32(block + index * 4);
    for (let index = 16; index < 80; index++) {
      const mixed =
        at(schedule, index - 3) ^ at(schedule, index - 8) ^ at(schedule, index - 14) ^ at(schedule, index - 16);
      schedule[index] = rotateLeft(mixed, 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let round = 0; round < 80; round++) {
      let mixed: number;
      if (round < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
      else if (round < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
      else if (round < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else mixed = (b ^ c ^ d) + 0xca62c1d6;
      const sum = (rotateLeft(a, 5) + mixed + e + at(schedule, round)) | 0;
      e = d;
      d = c;
      c = rotateLeft(b, 30);
      b = a;
      a = sum;
    }
    add(state, [a, b, c, d, e]);
  }
  return toBytes(state, false);
}

/** 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const view = pad(bytes, 64, 8, false);
  const constants = cubeRootWords();
  const state = Uint32Array.from(squareRoots(), (root) => Number(root >> 32n));
  const schedule = new Uint32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 16; index++) schedule[index] = view.getUint32(block + index * 4);
    for (let index = 16; index < 64; index++) {
      const early = at(schedule, index - 15);
      const late = at(schedule, index - 2);
      const first = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
      const second = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
      schedule[index] = at(schedule, index - 16) + first + at(schedule, index - 7) + second;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let round = 0; round < 64; round++) {
      const upper = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const sum = (h + upper + ((e & f) ^ (~e & g)) + at(constants, round) + at(schedule, round)) | 0;
      const lower = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const other = (lower + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + sum) | 0;
      d = c;
      c = b;
      b = a;
      a = (sum + other) | 0;
    }
    add(state, [a, b, c, d, e, f, g, h]);
  }
  return toBytes(state, false);
}

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const turn = (value: bigint, bits: bigint): bigint => (value >> bits) | wrap(value << (64n - bits));

/** 64 bytes. About 2 MB/s: enough for what stands in configuration. */
export function sha512(bytes: Uint8Array): Uint8Array {
  const view = pad(bytes, 128, 16, false);
  const constants = cubeRoots();
  const state = [...squareRoots()];
  const schedule: bigint[] = new Array<bigint>(80).fill(0n);
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let index = 0; index < 16; index++) schedule[index] = view.getBigUint64(block + index * 8);
    for (let index = 16; index < 80; index++) {
      const early = schedule[index - 15] ?? 0n;
      const late = schedule[index - 2] ?? 0n;
      const first = turn(early, 1n) ^ turn(early, 8n) ^ (early >> 7n);
      const second = turn(late, 19n) ^ turn(late, 61n) ^ (late >> 6n);
      schedule[index] = wrap((schedule[index - 16] ?? 0n) + first + (schedule[index - 7] ?? 0n) + second);
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let round = 0; round < 80; round++) {
      const upper = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const choice = (e & f) ^ (wrap(~e) & g);
      const sum = wrap(h + upper + choice + (constants[round] ?? 0n) + (schedule[round] ?? 0n));
      const lower = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const other = lower + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = wrap(d + sum);
      d = c;
      c = b;
      b = a;
      a = wrap(sum + other);
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => {
      state[index] = wrap((state[index] ?? 0n) + word);
    });
  }
  const result = new DataView(new ArrayBuffer(64));
  state.forEach((word, index) => {
    result.setBigUint64(index * 8, word);
  });
  return new Uint8Array(result.buffer);
}

function at(words: Words, index: number): number {
  return words[index] ?? 0;
}

function add(state: Words, words: readonly number[]): void {
  for (let index = 0; index < state.length; index++) state[index] = at(state, index) + (words[index] ?? 0);
}

const primes = lazily(() => {
  const found: number[] = [];
  for (let candidate = 2; found.length < 80; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
});

/** The first 64 fractional bits of the square roots of the first eight primes. */
const squareRoots = lazily(() =>
  primes()
    .slice(0, 8)
    .map((prime) => wrap(integerRoot(BigInt(prime) << 128n, 2n))),
);

/** The first 64 fractional bits of the cube roots of the first eighty primes. */
const cubeRoots = lazily(() => primes().map((prime) => wrap(integerRoot(BigInt(prime) << 192n, 3n))));

const cubeRootWords = lazily(() => Uint32Array.from(cubeRoots().slice(0, 64), (root) => Number(root >> 32n)));

/** The largest integer whose power is not above `value`, found by bisection. */
function integerRoot(value: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << 72n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
