import { describe, expect, it } from 'vitest';
import { createSources } from '../../report/source.ts';

describe('the path to show for a file', () => {
  const sources = createSources('file:///work%20here/', () => undefined);
  const windows = createSources('file:///c%3A/work%20here/', () => undefined);

  it.each([
    [sources, 'file:///work%20here/a/gr%C3%B6%C3%9Fe%201.bicep', 'a/größe 1.bicep'],
    [sources, 'file:///else%20where/main.tf', '/else where/main.tf'],
    [windows, 'file:///c%3A/work%20here/a/main.tf', 'a/main.tf'],
    [windows, 'file:///d%3A/else%20where/main.tf', 'd:/else where/main.tf'],
  ])('is relative where it can be (%#)', (each, uri, path) => expect(each.pathOf(uri)).toBe(path));
});
