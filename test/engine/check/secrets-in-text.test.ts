import { describe, expect, it } from 'vitest';
import { asSecret, text } from '../../../engine/estate/make.ts';
import { check, either, here, resource, rule, unset, value, type Written } from './estates.ts';

const type = 'Microsoft.Compute/virtualMachines/runCommands';
const inText = rule({
  resource: type,
  check: {
    name: 'secrets/in-text',
    options: {
      path: 'properties.source.script',
      handedIn: ['properties.parameters', 'properties.settings'],
      literal: 'properties.runAsPassword',
    },
  },
});

function found(properties: Written): readonly string[] {
  const result = check([resource(type, { properties })], [inText]);
  expect(result.undetermined).toEqual([]);
  return result.findings.map(({ verdict }) => verdict);
}

describe('secrets in text', () => {
  it('are found in a text, whole or in part, and in Base64', () => {
    expect(found({ source: { script: 'mount -o password=Sommer2024' } })).toEqual(['fail']);
    expect(found({ source: { script: text(['mount ', unset('share'), ' -o password=Sommer2024'], here()) } })).toEqual([
      'fail',
    ]);
    expect(found({ source: { script: btoa('#cloud-config\npassword: Sommer2024\n') } })).toEqual(['fail']);
    expect(found({ source: { script: either('test', 'echo', 'mount -o password=Sommer2024') } })).toEqual(['may-fail']);
  });

  it('are left alone where they are not known or not there', () => {
    expect(found({ source: { script: text(['mount -o password=', unset('password', true)], here()) } })).toEqual([]);
    expect(found({ source: { script: unset('script') } })).toEqual([]);
    expect(found({ source: { script: 'echo hello' } })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it('are found by the name of the key, or the name beside it, each of them', () => {
    expect(found({ settings: { storageAccountKey: 'kZ8h', nested: [{ password: 'Sommer2024' }] } })).toEqual([
      'fail',
      'fail',
    ]);
    expect(found({ parameters: [{ name: 'DB_PASSWORD', value: 'Sommer2024' }] })).toEqual(['fail']);
    expect(found({ parameters: [{ name: 'MODE', value: 'fast' }] })).toEqual([]);
  });

  it('are wrong where they are handed in, if that place is read by others', () => {
    expect(found({ parameters: [{ name: 'x', value: unset('password', true) }] })).toEqual(['fail']);
    expect(found({ settings: { command: text(['setup ', unset('password', true)], here()) } })).toEqual(['fail']);
    expect(found({ parameters: [{ name: 'x', value: unset('mode') }] })).toEqual([]);
    expect(found({ parameters: [{ name: 'x', value: asSecret(value('/opt/setup.sh')) }] })).toEqual([]);
    expect(found({ settings: { url: asSecret(text(['https://', unset('vault')], here())) } })).toEqual([]);
  });

  it('are any text in a place for secrets', () => {
    expect(found({ runAsPassword: 'x' })).toEqual(['fail']);
    expect(found({ runAsPassword: unset('password', true) })).toEqual([]);
  });
});
