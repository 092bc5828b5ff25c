import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBase64,
  decodeUriComponent,
  encodeBase64,
  encodeHexadecimal,
  encodeUriComponent,
} from '../../../engine/functions/encoding.ts';
import { md5, sha1, sha256, sha512 } from '../../../engine/functions/hashing.ts';
import { uuidVersion5 } from '../../../engine/functions/identifiers.ts';

describe('hashes', () => {
  it.each(Object.entries({ md5, sha1, sha256, sha512 }))('%s agrees with node:crypto', (name, hash) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(encodeHexadecimal(hash(bytes))).toBe(createHash(name).update(bytes).digest('hex'));
      }),
    );
    for (let length = 0; length < 140; length++) {
      const bytes = new Uint8Array(length).fill(length);
      expect(encodeHexadecimal(hash(bytes))).toBe(createHash(name).update(bytes).digest('hex'));
    }
  });

  it('makes the UUID of RFC 9562, appendix A.4', () => {
    expect(uuidVersion5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });
});

describe('encodings', () => {
  it('writes Base64 as Node does and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('reads back what it percent-encodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const encoded = encodeUriComponent(text);
        expect(encoded).toMatch(/^[A-Za-z0-9\-._~%]*$/);
        expect(decodeUriComponent(encoded)).toBe(text);
      }),
    );
  });
});
