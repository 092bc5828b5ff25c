import { integerArgument, stringArgument } from './arguments.ts';
import { FunctionError, newDataObject, type PureFunction } from './data.ts';
import { addressText, lastAddress, netmask, networkText, parseNetwork, subnet } from './networks.ts';

export const armNetworkFunctions: Readonly<Record<string, PureFunction>> = {
  parsecidr: {
    minimum: 1,
    maximum: 1,
    call: (args) => {
      const network = parseNetwork(stringArgument(args, 0));
      const { address, width, prefixLength } = network;
      const last = lastAddress(network);
      // Only IPv4 sets the first and the last address aside; a /31 and a /32 have none to spare.
      const spare = width === 32 && prefixLength < 31 ? 1n : 0n;
      if (width === 32 && prefixLength >= 31) {
        throw new FunctionError('What parseCidr says about a range this small is not known.');
      }
      const result = newDataObject();
      result.network = addressText(address, width);
      result.netmask = addressText(netmask(network), width);
      if (width === 32) result.broadcast = addressText(last, width);
      result.firstUsable = addressText(address + spare, width);
      result.lastUsable = addressText(last - spare, width);
      result.cidr = prefixLength;
      return result;
    },
  },
  cidrsubnet: {
    minimum: 3,
    maximum: 3,
    call: (args) => {
      const text = stringArgument(args, 0);
      const prefixLength = integerArgument(args, 1);
      const index = integerArgument(args, 2);
      const part = subnet(parseNetwork(text), prefixLength, index);
      if (part === undefined)
        throw new FunctionError(`'${text}' has no /${prefixLength} subnet with the index ${index}.`);
      return networkText(part);
    },
  },
  // The index counts usable hosts: 0 is the address after the network's own.
  cidrhost: {
    minimum: 2,
    maximum: 2,
    call: (args) => {
      const text = stringArgument(args, 0);
      const network = parseNetwork(text);
      const index = integerArgument(args, 1);
      const address = network.address + BigInt(index) + 1n;
      const limit = lastAddress(network) - (network.width === 32 ? 1n : 0n);
      if (index < 0 || address > limit)
        throw new FunctionError(`'${text}' has no usable host with the index ${index}.`);
      return addressText(address, network.width);
    },
  },
};
