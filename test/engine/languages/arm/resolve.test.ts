import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../engine/estate/context.ts';
import type { FileReader } from '../../../../engine/estate/loaded.ts';
import { ArmFiles } from '../../../../engine/languages/arm/files.ts';

function readerOf(text: string, asked: string[], fileSize = defaultBudget.fileSize): FileReader {
  return {
    snapshot: { file: () => ({ kind: 'text', text }) } as unknown as FileReader['snapshot'],
    budget: { ...defaultBudget, fileSize },
    depend: (uri) => void asked.push(uri),
  };
}

describe('ArmFiles', () => {
  it('parses a text once and again when it changes', () => {
    const files = new ArmFiles();
    const asked: string[] = [];
    const first = files.load('file:///a.json', readerOf('{}', asked));
    const second = files.load('file:///a.json', readerOf('{}', asked));
    const third = files.load('file:///a.json', readerOf('[]', asked));
    if (first.kind !== 'loaded' || second.kind !== 'loaded' || third.kind !== 'loaded') throw new Error('not loaded');
    expect(second.content).toBe(first.content);
    expect(third.content.document.root?.kind).toBe('array');
    expect(asked).toEqual(['file:///a.json', 'file:///a.json', 'file:///a.json']);
  });

  it('leaves a file that is over the budget', () => {
    expect(new ArmFiles().load('file:///a.json', readerOf('{  }', [], 3))).toEqual({ kind: 'too-large' });
  });
});
