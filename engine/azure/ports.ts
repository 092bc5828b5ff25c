import { type Intervals, intervalArithmetic } from './intervals.ts';

/** A set of TCP or UDP ports, 0 to 65535. */
export type PortSet = Intervals<number>;

export const portSets = intervalArithmetic<number>(
  (port) => port + 1,
  (port) => port - 1,
);

const highestPort = 65_535;

export const noPorts: PortSet = [];

export const allPorts: PortSet = [{ first: 0, last: highestPort }];

/** Reads `*`, `22`, `20-25`, or several of them with commas between; undefined for anything else. */
export function parsePorts(written: string): PortSet | undefined {
  let ports = noPorts;
  for (const part of written.split(',')) {
    const range = parseRange(part.trim());
    if (range === undefined) return undefined;
    ports = portSets.union(ports, range);
  }
  return ports;
}

function parseRange(written: string): PortSet | undefined {
  if (written === '*') return allPorts;
  const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(written);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return last > highestPort || first > last ? undefined : [{ first, last }];
}
