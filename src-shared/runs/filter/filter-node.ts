import type { Column } from '../column.ts';
import type { Literal } from './literal.ts';
import type { Span } from './span.ts';

export type Operator = '=' | '!=' | ':' | '<' | '<=' | '>' | '>=';

/** A value as written, and what it means for its column. */
export interface FilterValue extends Span {
  readonly text: string;
  readonly quoted: boolean;
  readonly literal: Literal;
}

/** A condition on one column; `name` is the column as written, e.g. `sr`. */
export interface Comparison extends Span {
  readonly kind: 'comparison';
  readonly name: string;
  readonly column: Column;
  readonly operator: Operator;
  readonly value: FilterValue;
}

/** `lr in (0.1, 0.05)` */
export interface Membership extends Span {
  readonly kind: 'membership';
  readonly name: string;
  readonly column: Column;
  readonly values: readonly FilterValue[];
}

/** A word or a quoted text that stands anywhere in a run's names, tags, note and factors. */
export interface FreeText extends Span {
  readonly kind: 'text';
  readonly text: string;
  readonly quoted: boolean;
}

/** A filter of the table of runs. `all` without parts lets every run through. */
export type FilterNode =
  | (Span & { readonly kind: 'all'; readonly parts: readonly FilterNode[] })
  | (Span & { readonly kind: 'any'; readonly parts: readonly FilterNode[] })
  | (Span & { readonly kind: 'not'; readonly part: FilterNode })
  | Comparison
  | Membership
  | FreeText;
