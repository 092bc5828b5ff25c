import { styleText } from 'node:util';
import type { Style, StylishOptions } from '../report/stylish.ts';

type Format = Parameters<typeof styleText>[0];

const formats: Readonly<Record<Style, Format>> = {
  critical: ['bold', 'magenta'],
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  path: 'underline',
  faint: 'dim',
  strong: 'bold',
  error: 'red',
  warning: 'yellow',
  information: 'cyan',
  good: 'green',
};

const narrow = 60;
const wide = 120;

/** How to print for the terminal that standard output is: colours by `NO_COLOR`, `FORCE_COLOR` and whether it is one. */
export function terminalOptions(): StylishOptions {
  const { env, stdout } = process;
  const coloured = env.NO_COLOR
    ? false
    : env.FORCE_COLOR
      ? env.FORCE_COLOR !== '0'
      : stdout.isTTY === true && env.TERM !== 'dumb';
  return {
    paint: coloured ? (style, text) => styleText(formats[style], text) : (_, text) => text,
    link: showsLinks() ? (uri, text) => `\u001b]8;;${uri}\u001b\\${text}\u001b]8;;\u001b\\` : undefined,
    showUndetermined: false,
    width: Math.max(narrow, Math.min(stdout.columns ?? wide, wide)),
  };
}

/** Terminals that are known to take links (OSC 8) by what they say of themselves; `FORCE_HYPERLINK` decides for all. */
function showsLinks(): boolean {
  const { env, stdout } = process;
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0' && env.FORCE_HYPERLINK !== '';
  if (stdout.isTTY !== true || env.TERM === 'dumb' || env.CI) return false;
  const program = env.TERM_PROGRAM ?? '';
  return (
    ['vscode', 'iTerm.app', 'WezTerm', 'ghostty', 'Hyper'].includes(program) ||
    env.WT_SESSION !== undefined ||
    env.KONSOLE_VERSION !== undefined ||
    env.TERM === 'xterm-kitty' ||
    Number(env.VTE_VERSION ?? 0) >= 5000
  );
}

/** Writes to standard output and waits until all of it is handed over, also to a pipe. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}
