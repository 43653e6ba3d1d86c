import type { Problem } from '../../src-shared/mistakes/problem.ts';

/** What a dialog says. */
export interface Explanation {
  readonly message: string;
  readonly detail: string;
}

/** What stands in the dialog when the program cannot start. @returns null for a bug, which is none of the user's */
export function explainStart(error: unknown): Explanation | null {
  if (!isProblem(error)) return null;
  return { message: MESSAGES[error.code] ?? 'Kindling cannot start.', detail: error.fact };
}

/** By name: the application's sources lie beside the archive, and so does the class of its Problems. */
function isProblem(error: unknown): error is Problem {
  return error instanceof Error && error.name === 'Problem' && 'code' in error;
}

const MESSAGES: Partial<Record<Problem['code'], string>> = {
  'store-busy': 'The store is in use by another Kindling.',
  'store-damaged': 'The store is damaged.',
  'store-newer': 'The store was written by a newer Kindling.',
  'disk-full': 'The disk is full.',
};
