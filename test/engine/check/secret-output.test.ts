import { describe, expect, it } from 'vitest';
import type { Output } from '../../../engine/estate/estate.ts';
import { asSecret, scalar, text, through } from '../../../engine/estate/make.ts';
import type { Value } from '../../../engine/estate/value.ts';
import { check, either, estate, here, rule, unset, uri, value } from './estates.ts';

const leak = rule({
  subject: 'outputs',
  check: { name: 'template/secret-output' },
  message: 'The output {resource} holds a secret',
});

function output(held: Value, parts: Partial<Output> = {}): Output {
  return {
    name: 'key',
    value: held,
    secure: false,
    atRoot: true,
    declaration: { uri, start: 100_000, end: 100_100 },
    language: 'bicep',
    address: 'key',
    ...parts,
  };
}

const found = (...outputs: readonly Output[]) => check(estate([], { outputs }), [leak]).findings;
const secret = () => unset('password', true);

describe('an output', () => {
  it('must not hold a secret, however deep', () => {
    expect(found(output(secret()))).toHaveLength(1);
    expect(found(output(text(['Password=', secret()], here())))).toHaveLength(1);
    expect(found(output(value({ a: [{ b: secret() }] })))[0]?.path).toEqual([
      { kind: 'key', key: 'key' },
      { kind: 'key', key: 'a' },
      { kind: 'index', index: 0 },
      { kind: 'key', key: 'b' },
    ]);
    expect(found(output(asSecret(value({ a: 1 }))))).toHaveLength(1);
  });

  it('may hold what is not secret, whatever it is called', () => {
    expect(found(output(unset('adminPassword')), output(value({ secretUri: 'x' })))).toEqual([]);
  });

  it('may hold a secret when it is declared secure', () => {
    expect(found(output(secret(), { secure: true }))).toEqual([]);
  });

  it('counts in modules too, except those of Terraform', () => {
    expect(found(output(secret(), { atRoot: false }))).toHaveLength(1);
    expect(found(output(secret(), { atRoot: false, language: 'terraform' }))).toEqual([]);
    expect(found(output(secret(), { language: 'terraform' }))).toHaveLength(1);
  });

  it('may fail for one alternative', () => {
    expect(found(output(either('prod', secret(), 'none'))).map((each) => each.verdict)).toEqual(['may-fail']);
    expect(found(output(either('prod', secret(), secret()))).map((each) => each.verdict)).toEqual(['fail']);
  });

  it('is shown where it uses the secret', () => {
    const use = { uri, start: 100_010, end: 100_020 };
    const [finding] = found(output(through(scalar('x', here(), true), 'parameter', 'password', use)));
    expect(finding?.place).toEqual(use);
    expect(finding?.message).toBe('The output key holds a secret');
    expect(finding?.related.map((each) => each.message)).toEqual(['the secret comes from here']);
    expect(found(output(secret()))[0]?.place).toEqual({ uri, start: 100_000, end: 100_100 });
    const valuePlace = { uri, start: 100_050, end: 100_100 };
    expect(found(output(secret(), { valuePlace }))[0]?.place).toEqual(valuePlace);
  });
});
