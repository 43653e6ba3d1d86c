import type { Refusal } from '../../src-shared/contract/api/refusal.ts';
import { Problem, problemContent } from '../../src-shared/mistakes/problem.ts';

/** An error as it travels. @param inWords what is told of a bug, whose details stay here */
export function refusalOf(error: unknown, inWords: string): Refusal {
  return error instanceof Problem ? problemContent(error) : { code: 'bug', message: inWords };
}
