import { FunctionError } from './data.ts';

/** An IP network: `address` has its host bits zero. */
export interface Network {
  readonly address: bigint;
  readonly prefixLength: number;
  /** 32 for IPv4, 128 for IPv6. */
  readonly width: 32 | 128;
}

/** Reads `address/prefix` and zeroes the host bits. Throws FunctionError. */
export function parseNetwork(text: string): Network {
  const slash = text.indexOf('/');
  const prefixText = text.slice(slash + 1);
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const prefixLength = Number(prefixText);
  if (address === undefined || !/^\d{1,3}$/.test(prefixText) || prefixLength > address.width) {
    throw new FunctionError(`'${text}' is not an address range in CIDR notation, like 10.0.0.0/16.`);
  }
  return networkAt(address.value, prefixLength, address.width);
}

/** The network of this prefix length that an address lies in. */
export function networkAt(address: bigint, prefixLength: number, width: 32 | 128): Network {
  const hostBits = BigInt(width - prefixLength);
  return { address: (address >> hostBits) << hostBits, prefixLength, width };
}

export function networkText(network: Network): string {
  return `${addressText(network.address, network.width)}/${network.prefixLength}`;
}

export function netmask(network: Network): bigint {
  const hostBits = BigInt(network.width - network.prefixLength);
  return ((1n << BigInt(network.width)) - 1n) & ~((1n << hostBits) - 1n);
}

export function lastAddress(network: Network): bigint {
  return network.address | ((1n << BigInt(network.width - network.prefixLength)) - 1n);
}

/** The subnet of this number when the network is cut into subnets of this prefix length; undefined outside of it. */
export function subnet(network: Network, prefixLength: number, index: number): Network | undefined {
  if (prefixLength < network.prefixLength || prefixLength > network.width || index < 0) return undefined;
  if (BigInt(index) >> BigInt(prefixLength - network.prefixLength) !== 0n) return undefined;
  const address = network.address + (BigInt(index) << BigInt(network.width - prefixLength));
  return { address, prefixLength, width: network.width };
}

/** An IPv4 or IPv6 address; undefined when the text is neither. Leading zeros in IPv4 are decimal, as in Terraform. */
export function parseAddress(text: string): { readonly value: bigint; readonly width: 32 | 128 } | undefined {
  if (text.includes(':')) {
    const value = parseIpv6(text);
    return value === undefined ? undefined : { value, width: 128 };
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : { value, width: 32 };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,4}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(Number(part));
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (mayEndInIpv4 && index === parts.length - 1 && part.includes('.')) {
      const value = parseIpv4(part);
      if (value === undefined) return undefined;
      groups.push(Number(value >> 16n), Number(value & 0xffffn));
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The canonical text of an address; IPv6 as RFC 5952 wants it. */
export function addressText(value: bigint, width: 32 | 128): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > bestLength) {
      bestStart = start;
      bestLength = length;
    }
  }
  const hexadecimal = groups.map((group) => group.toString(16));
  if (bestStart < 0) return hexadecimal.join(':');
  return `${hexadecimal.slice(0, bestStart).join(':')}::${hexadecimal.slice(bestStart + bestLength).join(':')}`;
}
