/** A part of a text in Markdown. Raw HTML is no part: it is text. Pictures are links to them. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly spans: Spans }
  | { readonly kind: 'paragraph'; readonly spans: Spans }
  /** `start` is the number of the first item; null for bullets. */
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly Blocks[] }
  | { readonly kind: 'quotation'; readonly blocks: Blocks }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'table'; readonly columns: readonly MarkdownColumn[]; readonly rows: readonly Row[] };

/** Of text in a line. */
export type MarkdownSpan =
  /** Without line breaks. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'struck'; readonly spans: Spans }
  /** `address` begins with `http:`, `https:` or `mailto:`. */
  | { readonly kind: 'link'; readonly address: string; readonly spans: Spans }
  | { readonly kind: 'break' };

export interface MarkdownColumn {
  readonly align: 'left' | 'center' | 'right';
  readonly title: Spans;
}

export type Blocks = readonly MarkdownBlock[];
export type Spans = readonly MarkdownSpan[];
/** As many cells as there are columns. */
export type Row = readonly Spans[];
