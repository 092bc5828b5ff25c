import { RE2JS } from 're2js';

/** A pattern of file names as `fileset` takes it; `deep` when it may match in folders below. */
export interface Glob {
  readonly expression: RE2JS;
  readonly deep: boolean;
}

const maximumLength = 1_000;

/**
 * Compiles a pattern: `*` and `?` stand for characters of one name, `**` for any folders, `[a-z]` for one of some characters,
 * `{a,b}` for one of some texts. Undefined for one that is malformed or too long.
 */
export function globPattern(pattern: string): Glob | undefined {
  if (pattern.length > maximumLength) return undefined;
  let expression = '';
  let groups = 0;
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    switch (character) {
      case '*':
        if (pattern.charAt(index + 1) !== '*') expression += '[^/]*';
        else if (pattern.charAt(index + 2) === '/') {
          expression += '(?:[^/]+/)*';
          index += 2;
        } else {
          expression += '.*';
          index++;
        }
        break;
      case '?':
        expression += '[^/]';
        break;
      case '[': {
        const close = pattern.indexOf(']', index + 2);
        if (close < 0) return undefined;
        const inside = pattern.slice(index + 1, close);
        expression += `[${inside.replace(/^!/, '^').replaceAll('\\', '\\\\').replaceAll('[', '\\[')}]`;
        index = close;
        break;
      }
      case '{':
        expression += '(?:';
        groups++;
        break;
      case '}':
        if (groups === 0) return undefined;
        expression += ')';
        groups--;
        break;
      case ',':
        expression += groups > 0 ? '|' : ',';
        break;
      default:
        expression += character.replace(/[.+^$()|\\\]]/, '\\$&');
    }
  }
  if (groups > 0) return undefined;
  try {
    return { expression: RE2JS.compile(expression), deep: pattern.includes('/') || pattern.includes('**') };
  } catch {
    return undefined;
  }
}

export function matchesGlob({ expression }: Glob, path: string): boolean {
  return expression.matches(path);
}
