/** Characters of the text of a filter: `start` is the first, `end` the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
