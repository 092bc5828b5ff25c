/** From where a resource can be reached, the worst first. `restricted`: from some public addresses only, or through something else. */
export const reaches = ['internet', 'restricted', 'unknown', 'private'] as const;

export type Reach = (typeof reaches)[number];

export interface Exposure {
  readonly reach: Reach;
  /** The end of a sentence that begins with the resource, e.g. `its firewall lets every address in`. */
  readonly why: string;
}

/** The worst of some exposures, of equal ones the first; undefined when there is none. */
export function worstOf(found: readonly Exposure[]): Exposure | undefined {
  return found.reduce<Exposure | undefined>(
    (worst, each) => (worst === undefined || rankOf(each) < rankOf(worst) ? each : worst),
    undefined,
  );
}

/** The strictest of some exposures, of equal ones the first; undefined when there is none. */
export function strictestOf(found: readonly Exposure[]): Exposure | undefined {
  return found.reduce<Exposure | undefined>(
    (strictest, each) => (strictest === undefined || rankOf(each) > rankOf(strictest) ? each : strictest),
    undefined,
  );
}

function rankOf({ reach }: Exposure): number {
  return reaches.indexOf(reach);
}
