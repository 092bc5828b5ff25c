import { type AddressSet, allAddresses, noAddresses, parseAddresses, publicAddresses } from './addresses.ts';

/** Azure's names for everybody, in lower case. */
const everybody = new Set(['*', 'any']);

/**
 * The addresses that a prefix of a security rule means, as far as the Internet is concerned: an address, a network, `*`, or
 * a service tag. Of tags only `Internet` holds addresses that everybody can send from.
 */
export function addressesOfPrefix(prefix: string): AddressSet {
  const lower = prefix.trim().toLowerCase();
  if (everybody.has(lower)) return allAddresses;
  if (lower === 'internet') return publicAddresses();
  return parseAddresses(lower) ?? noAddresses;
}

export function isEverybody(prefix: string): boolean {
  return everybody.has(prefix.trim().toLowerCase());
}

/** True when a rule with this protocol is about packets of the other one (`tcp`, `udp`, in lower case). */
export function isAboutProtocol(ofRule: string, protocol: string): boolean {
  const lower = ofRule.trim().toLowerCase();
  return lower === '*' || lower === 'any' || lower === protocol;
}

/** Priorities of a user's rules begin here; a lower number counts first (Microsoft Learn, Network security groups). */
export const firstPriority = 100;
