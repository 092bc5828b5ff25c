/** The text of a rule that is still to be thought out: it compiles, and its examples fail until they are written. */
export function skeleton(type: string): string;
