import { PathError } from '../host/find-files.ts';

/** A mistake in how the command was called: its message is all that the user needs. */
export class UsageError extends Error {}

/** What to print for an error that ends the command. */
export function describeFailure(error: unknown): string {
  if (error instanceof UsageError || error instanceof PathError) return `demarc: ${error.message}\n`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `demarc: an internal error. Please report it with the lines below and, if you can, the file that caused it.\n${detail}\n`;
}
