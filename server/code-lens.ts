import type { CodeLens } from 'vscode-languageserver';
import { type ResourceCard, resourceCards } from '../engine/analysis/resource-card.ts';
import { createRanges } from './positions.ts';
import type { ResourceTarget } from './protocol.ts';
import type { Session } from './session.ts';

/** Above each resource how many of the rules that look at it are broken, kept and not decided. */
export function codeLensesOf(session: Session, clientUri: string): readonly CodeLens[] {
  const { resourceCommand, codeLens = 'findings' } = session.options;
  const document = codeLens === 'off' ? undefined : session.documents.get(clientUri);
  if (document === undefined) return [];
  const uri = session.documents.uriOf(clientUri);
  const rangeOf = createRanges(() => document.text);
  return resourceCards((each) => each === uri, session.result(), session.analysis).flatMap(
    (card): readonly CodeLens[] => {
      const title = titleOf(card, codeLens === 'all');
      if (title === undefined) return [];
      const { start } = rangeOf(card.resource.declaration);
      const target: ResourceTarget = { uri: clientUri, line: start.line, character: start.character };
      // Without a command it is a text to read; an empty one is how the protocol says that.
      const command = { title, command: resourceCommand ?? '', arguments: [target] };
      return [{ range: { start, end: start }, command }];
    },
  );
}

function titleOf({ layers }: ResourceCard, always: boolean): string | undefined {
  const sum = (count: (layer: ResourceCard['layers'][number]) => number): number =>
    layers.reduce((total, layer) => total + count(layer), 0);
  const all = sum(({ rules }) => rules.length);
  const broken = sum((layer) => layer.broken.length);
  const open = sum((layer) => layer.undetermined.length);
  if (all === 0 || (broken === 0 && !always)) return undefined;
  const parts = [
    broken > 0 ? `${broken} to mend` : '',
    all > broken + open ? `${all - broken - open} in order` : '',
    open > 0 ? `${open} not known before deployment` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
