import type { Spans } from './markdown.ts';

/** The words without their marks. */
export function markdownWords(spans: Spans): string {
  return spans
    .map((span) => ('text' in span ? span.text : 'spans' in span ? markdownWords(span.spans) : ' '))
    .join('');
}
