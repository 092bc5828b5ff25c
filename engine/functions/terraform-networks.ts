import { fixed, variadic } from './arguments.ts';
import { FunctionError, type PureFunction } from './data.ts';
import {
  addressText,
  lastAddress,
  type Network,
  netmask,
  networkAt,
  networkText,
  parseNetwork,
  subnet,
} from './networks.ts';
import { textArgument, wholeArgument } from './terraform-values.ts';

/** Terraform's arithmetic with address ranges. */
export const terraformNetworkFunctions: Readonly<Record<string, PureFunction>> = {
  cidrhost: fixed(2, (args) => {
    const text = textArgument(args, 0);
    const network = readNetwork(text);
    const number = BigInt(wholeArgument(args, 1));
    const address = number < 0n ? lastAddress(network) + number + 1n : network.address + number;
    if (address < network.address || address > lastAddress(network)) {
      throw new FunctionError(`'${text}' has no host with the number ${number}.`);
    }
    return addressText(address, network.width);
  }),
  cidrnetmask: fixed(1, (args) => {
    const network = readNetwork(textArgument(args, 0));
    if (network.width === 128) throw new FunctionError('IPv6 ranges have no netmask.');
    return addressText(netmask(network), network.width);
  }),
  cidrsubnet: fixed(3, (args) => {
    const text = textArgument(args, 0);
    const network = readNetwork(text);
    const prefixLength = network.prefixLength + wholeArgument(args, 1);
    const number = wholeArgument(args, 2);
    const part = subnet(network, prefixLength, number);
    if (part === undefined)
      throw new FunctionError(`'${text}' has no /${prefixLength} subnet with the number ${number}.`);
    return networkText(part);
  }),
  cidrsubnets: variadic(1, (args) => {
    const text = textArgument(args, 0);
    const network = readNetwork(text);
    const parts: string[] = [];
    let next = network.address;
    for (let index = 1; index < args.length; index++) {
      const bits = wholeArgument(args, index);
      const prefixLength = network.prefixLength + bits;
      if (bits < 1 || prefixLength > network.width) {
        throw new FunctionError(`'${text}' cannot be extended by ${bits} bits.`);
      }
      const part = nextAligned(next, prefixLength, network);
      if (lastAddress(part) > lastAddress(network))
        throw new FunctionError(`'${text}' has no room for all these subnets.`);
      parts.push(networkText(part));
      next = lastAddress(part) + 1n;
    }
    return parts;
  }),
};

function readNetwork(text: string): Network {
  const network = parseNetwork(text);
  // Terraform mixes up IPv4 addresses that are written as IPv6 ones.
  if (network.width === 128 && network.address >> 32n === 0xffffn) {
    throw new FunctionError('IPv4 addresses in the notation of IPv6 are not supported.');
  }
  return network;
}

/** The first network of this prefix length that begins at `from` or after it. */
function nextAligned(from: bigint, prefixLength: number, network: Network): Network {
  const size = 1n << BigInt(network.width - prefixLength);
  return networkAt(((from + size - 1n) / size) * size, prefixLength, network.width);
}
