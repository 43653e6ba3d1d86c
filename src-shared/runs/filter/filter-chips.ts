import type { FilterNode } from './filter-node.ts';
import type { Span } from './span.ts';
import { formatFilter } from './format-filter.ts';
import { parseFilter } from './parse-filter.ts';

/** One of the conditions that must all hold, as the page shows it. */
export interface FilterChip extends Span {
  readonly text: string;
  readonly node: FilterNode;
}

/** The conditions side by side at the top of a filter; one chip for a filter that is an `or`. */
export function filterChips(filter: FilterNode): FilterChip[] {
  return conjuncts(filter).map((node) => ({
    text: formatFilter(node),
    node,
    start: node.start,
    end: node.end,
  }));
}

/** The text of the filter without its chip at `place`. */
export function withoutChip(filter: FilterNode, place: number): string {
  return joinConditions(conjuncts(filter).filter((_, index) => index !== place));
}

/**
 * The text of a filter with a further condition that must hold as well; one that stands there already is not
 * repeated.
 *
 * @throws FilterProblem if one of the two texts is wrong.
 */
export function withCondition(filter: string, condition: string): string {
  const present = conjuncts(parseFilter(filter));
  const texts = new Set(present.map(formatFilter));
  const added = conjuncts(parseFilter(condition)).filter((node) => !texts.has(formatFilter(node)));
  return joinConditions([...present, ...added]);
}

function conjuncts(filter: FilterNode): readonly FilterNode[] {
  return filter.kind === 'all' ? filter.parts : [filter];
}

function joinConditions(parts: readonly FilterNode[]): string {
  const [only] = parts;
  if (only && parts.length === 1) return formatFilter(only);
  return formatFilter({ kind: 'all', parts, start: 0, end: 0 });
}
