import { checkedEdits } from '../../estate/edit-result.ts';
import type { EditResult } from '../../estate/property-edit.ts';
import type { TextEdit } from '../../text/edit.ts';
import { parseBicep } from './parser.ts';
import type { BicepFile } from './syntax.ts';

/** The edits, if they go together and what they make can still be parsed. */
export function checked(uri: string, file: BicepFile, edits: readonly TextEdit[]): EditResult {
  return checkedEdits({ uri, text: file.text, problems: file.problems.length }, edits, (text) => {
    return parseBicep(text, file.language).problems.length;
  });
}
