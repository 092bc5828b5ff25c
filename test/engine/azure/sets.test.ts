import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allAddresses,
  countOf,
  covers,
  intersectionOf,
  isEmptySet,
  noAddresses,
  parseAddresses,
  publicAddresses,
  unionOf,
  without,
} from '../../../engine/azure/addresses.ts';
import { intervalArithmetic } from '../../../engine/azure/intervals.ts';
import { allPorts, parsePorts, portSets } from '../../../engine/azure/ports.ts';
import { addressesOfPrefix, isAboutProtocol } from '../../../engine/azure/security-rule.ts';

const sets = intervalArithmetic<number>(
  (x) => x + 1,
  (x) => x - 1,
);
const bound = fc.integer({ min: 0, max: 30 });
const anyIntervals = fc.array(fc.record({ first: bound, last: bound }), { maxLength: 6 });
const members = (intervals: readonly { first: number; last: number }[]): readonly number[] =>
  Array.from({ length: 31 }, (_, index) => index).filter((value) =>
    intervals.some(({ first, last }) => first <= value && value <= last),
  );

describe('interval arithmetic', () => {
  it('agrees with sets of numbers', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (left, right) => {
        const a = sets.setOf(left);
        const b = sets.setOf(right);
        const inA = new Set(members(left));
        const inB = new Set(members(right));
        expect(members(a)).toEqual([...inA]);
        expect(new Set(members(sets.union(a, b)))).toEqual(new Set([...inA, ...inB]));
        expect(members(sets.intersect(a, b))).toEqual([...inA].filter((each) => inB.has(each)));
        expect(members(sets.subtract(a, b))).toEqual([...inA].filter((each) => !inB.has(each)));
        expect(sets.covers(a, b)).toBe([...inB].every((each) => inA.has(each)));
        for (const value of [0, 15, 30]) expect(sets.has(a, value)).toBe(inA.has(value));
      }),
    );
  });

  it('keeps intervals ordered and apart', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (left, right) => {
        const a = sets.setOf(left);
        const b = sets.setOf(right);
        for (const set of [a, b, sets.union(a, b), sets.intersect(a, b), sets.subtract(a, b)]) {
          set.forEach((each, index) => {
            expect(each.first).toBeLessThanOrEqual(each.last);
            const before = set[index - 1];
            if (before !== undefined) expect(before.last + 1).toBeLessThan(each.first);
          });
        }
      }),
    );
  });
});

describe('ports', () => {
  it('are read as single ports, ranges, lists and everything', () => {
    expect(parsePorts('22')).toEqual([{ first: 22, last: 22 }]);
    expect(parsePorts('20-25')).toEqual([{ first: 20, last: 25 }]);
    expect(parsePorts('80, 443')).toEqual([
      { first: 80, last: 80 },
      { first: 443, last: 443 },
    ]);
    expect(parsePorts('*')).toEqual(allPorts);
    for (const wrong of ['', 'ssh', '70000', '25-20', '22-', '-22']) expect(parsePorts(wrong)).toBeUndefined();
  });

  it('cover what lies in between', () => {
    expect(portSets.has(parsePorts('0-65535') ?? [], 22)).toBe(true);
    expect(portSets.has(parsePorts('53') ?? [], 22)).toBe(false);
    expect(portSets.covers(allPorts, parsePorts('1-65535') ?? [])).toBe(true);
  });
});

const set = (...written: readonly string[]) =>
  written.map((each) => parseAddresses(each) ?? noAddresses).reduce(unionOf, noAddresses);

describe('addresses', () => {
  it('are read as addresses, networks and ranges of both families', () => {
    expect(countOf(set('10.0.0.0/8').v4)).toBe(1n << 24n);
    expect(set('10.1.2.3/8')).toEqual(set('10.0.0.0/8'));
    expect(countOf(set('10.0.0.1').v4)).toBe(1n);
    expect(countOf(set('10.0.0.1-10.0.0.9').v4)).toBe(9n);
    expect(set('0.0.0.0/0', '::/0')).toEqual(allAddresses);
    expect(countOf(set('2001:db8::/32').v6)).toBe(1n << 96n);
    for (const wrong of ['Internet', '10.0.0.0/33', '10.0.0', '::/129', '10.0.0.9-10.0.0.1', ''])
      expect(parseAddresses(wrong)).toBeUndefined();
  });

  it('put halves together', () => {
    expect(set('0.0.0.0/1', '128.0.0.0/1')).toEqual(set('0.0.0.0/0'));
    expect(set('::/1', '8000::/1')).toEqual(set('::/0'));
  });

  it('of a network are two halves, at every prefix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), fc.nat(0xffffffff), (prefix, address) => {
        const text = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
        const whole = set(`${text(address)}/${prefix}`);
        const low = set(`${text(address & ~(1 << (31 - prefix)))}/${prefix + 1}`);
        const high = set(`${text(address | (1 << (31 - prefix)))}/${prefix + 1}`);
        expect(unionOf(low, high)).toEqual(whole);
        expect(isEmptySet(intersectionOf(low, high))).toBe(true);
        expect(without(whole, low)).toEqual(high);
        expect(covers(whole, low)).toBe(true);
        expect(covers(low, whole)).toBe(false);
      }),
    );
  });

  it('that are public leave private ranges out', () => {
    for (const own of [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
      '127.0.0.1',
      'fc00::/7',
      'fe80::/10',
    ])
      expect(isEmptySet(intersectionOf(set(own), publicAddresses()))).toBe(true);
    for (const foreign of ['8.8.8.8', '1.1.1.1', '172.32.0.0/16', '2603::/16'])
      expect(covers(publicAddresses(), set(foreign))).toBe(true);
  });
});

describe('prefixes of security rules', () => {
  it('know the names for everybody and leave other tags empty', () => {
    for (const all of ['*', 'Any', 'any']) expect(addressesOfPrefix(all)).toEqual(allAddresses);
    expect(addressesOfPrefix('internet')).toEqual(publicAddresses());
    for (const tag of ['VirtualNetwork', 'AzureLoadBalancer', 'GatewayManager'])
      expect(isEmptySet(addressesOfPrefix(tag))).toBe(true);
  });

  it('know what protocols they are about', () => {
    expect(isAboutProtocol('Tcp', 'tcp')).toBe(true);
    expect(isAboutProtocol('*', 'udp')).toBe(true);
    expect(isAboutProtocol('Icmp', 'tcp')).toBe(false);
  });
});
