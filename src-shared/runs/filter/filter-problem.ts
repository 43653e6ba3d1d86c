import { Problem } from '../../mistakes/problem.ts';
import type { Span } from './span.ts';

/** A mistake in a filter: which characters are wrong, and what to put in their place, if that can be told. */
export class FilterProblem extends Problem {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string | null;
  /** Whether more characters may mend it; null where they may if it stands at the end, as a word that is begun. */
  readonly isOpen: boolean | null;

  constructor(message: string, { start, end }: Span, { suggestion = null, isOpen = null }: Advice = {}) {
    const hint = suggestion === null ? '' : ` Did you mean ${suggestion}?`;
    super('usage', `Filter, character ${start + 1}: ${message}${hint}`);
    this.start = start;
    this.end = end;
    this.suggestion = suggestion;
    this.isOpen = isOpen;
  }
}

interface Advice {
  readonly suggestion?: string | null;
  readonly isOpen?: boolean | null;
}
