import { describe, expect, it } from 'vitest';
import type { CompiledRule } from '../../../engine/check/rule.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import { countReasons, listUndetermined, type UndeterminedProperty } from '../../../engine/findings/undetermined.ts';
import { check, resource, rule, storage, unset } from '../check/estates.ts';

const tls = rule({ require: { 'properties.tls': { equals: '1.2' } } }, 'a/tls');
const noOld = rule({ require: { 'properties.tls': { notEquals: '1.0' } }, severity: 'critical' }, 'b/tls');

function list(resources: readonly Resource[], rules: readonly CompiledRule[]): readonly UndeterminedProperty[] {
  return listUndetermined(check(resources, rules).undetermined, ({ severity }) => severity);
}

const account = (parameter: string, address: string) =>
  resource(storage, { properties: { tls: unset(parameter) } }, { address });

describe('what could not be known', () => {
  it('is listed for each rule and property with its reason and severity', () => {
    const listed = list([account('p', 'sa')], [tls, noOld]);
    expect(
      listed.map(({ rule: id, severity, resource: { address }, path, reason }) => [
        id,
        severity,
        address,
        path,
        reason,
      ]),
    ).toEqual([
      ['a/tls', 'high', 'sa', 'properties.tls', 'parameter'],
      ['b/tls', 'critical', 'sa', 'properties.tls', 'parameter'],
    ]);
  });

  it('counts a property once for all rules that ask for it, and once for each resource', () => {
    expect([...countReasons(list([account('p', 'sa')], [tls, noOld]))]).toEqual([['parameter', 1]]);
    expect([...countReasons(list([account('p', 'a'), account('p', 'b')], [tls]))]).toEqual([['parameter', 2]]);
  });

  it('lists instances of one resource once', () => {
    const loop = ['[0]', '[1]'].map((instance) => ({ ...account('p', 'sa'), instance }));
    expect(list(loop, [tls])).toHaveLength(1);
  });

  it('counts what is not set, where no fact says what that means, as such', () => {
    expect([...countReasons(list([resource(storage, {})], [tls]))]).toEqual([['default', 1]]);
  });

  it('says where a missing resource was looked for', () => {
    const child = rule({
      where: { 'properties.a': { equals: 1 } },
      require: { child: { type: 'blobServices' } },
    });
    const parts = { partial: true };
    const [found] = list([{ ...resource(storage, { properties: { a: 1 } }, { address: 'sa' }), ...parts }], [child]);
    expect(found).toMatchObject({ path: '', reason: 'data', resource: { address: 'sa' } });
  });

  it('leaves to others what is configured here in part, where a rule asks for nothing that is written here', () => {
    const child = rule({ require: { child: { type: 'blobServices' } } });
    expect(list([{ ...resource(storage, {}, { address: 'sa' }), partial: true }], [child])).toEqual([]);
  });
});
