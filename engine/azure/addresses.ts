import { parseAddress } from '../functions/networks.ts';
import { type Intervals, intervalArithmetic } from './intervals.ts';

const sets = intervalArithmetic<bigint>(
  (address) => address + 1n,
  (address) => address - 1n,
);

/** A set of IP addresses of both families. */
export interface AddressSet {
  readonly v4: Intervals<bigint>;
  readonly v6: Intervals<bigint>;
}

export const noAddresses: AddressSet = { v4: [], v6: [] };

export const allAddresses: AddressSet = {
  v4: [{ first: 0n, last: (1n << 32n) - 1n }],
  v6: [{ first: 0n, last: (1n << 128n) - 1n }],
};

export function unionOf(a: AddressSet, b: AddressSet): AddressSet {
  return { v4: sets.union(a.v4, b.v4), v6: sets.union(a.v6, b.v6) };
}

export function intersectionOf(a: AddressSet, b: AddressSet): AddressSet {
  return { v4: sets.intersect(a.v4, b.v4), v6: sets.intersect(a.v6, b.v6) };
}

/** What is in `a` and not in `b`. */
export function without(a: AddressSet, b: AddressSet): AddressSet {
  return { v4: sets.subtract(a.v4, b.v4), v6: sets.subtract(a.v6, b.v6) };
}

/** True when all of `b` is in `a`. */
export function covers(a: AddressSet, b: AddressSet): boolean {
  return sets.covers(a.v4, b.v4) && sets.covers(a.v6, b.v6);
}

export function isEmptySet(a: AddressSet): boolean {
  return a.v4.length === 0 && a.v6.length === 0;
}

/** How many addresses of a family a set has. */
export function countOf(intervals: Intervals<bigint>): bigint {
  return intervals.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** Reads an address, a network such as `10.0.0.0/8`, or a range `10.0.0.1-10.0.0.9`; undefined for anything else. */
export function parseAddresses(written: string): AddressSet | undefined {
  const text = written.trim();
  const dash = text.indexOf('-');
  if (dash >= 0) return rangeBetween(text.slice(0, dash).trim(), text.slice(dash + 1).trim());
  const slash = text.indexOf('/');
  if (slash < 0) return rangeBetween(text, text);
  const address = parseAddress(text.slice(0, slash));
  const prefix = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(prefix) || Number(prefix) > address.width) return undefined;
  const hostBits = BigInt(address.width - Number(prefix));
  const first = (address.value >> hostBits) << hostBits;
  return single(address.width, first, first + (1n << hostBits) - 1n);
}

function rangeBetween(from: string, to: string): AddressSet | undefined {
  const first = parseAddress(from);
  const last = parseAddress(to);
  if (first === undefined || last === undefined || first.width !== last.width || first.value > last.value)
    return undefined;
  return single(first.width, first.value, last.value);
}

function single(width: 32 | 128, first: bigint, last: bigint): AddressSet {
  return width === 32 ? { v4: [{ first, last }], v6: [] } : { v4: [], v6: [{ first, last }] };
}

/** Ranges that nobody on the Internet can send from (IANA special-purpose address registries). */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The only range of IPv6 that is given out for the Internet so far. */
const publicIpv6 = '2000::/3';

let publicOnes: AddressSet | undefined;

/** The addresses that the Internet is made of. */
export function publicAddresses(): AddressSet {
  if (publicOnes === undefined) {
    const others = notPublic.map((range) => parseAddresses(range) ?? noAddresses).reduce(unionOf, noAddresses);
    publicOnes = { v4: without(allAddresses, others).v4, v6: (parseAddresses(publicIpv6) ?? noAddresses).v6 };
  }
  return publicOnes;
}
