import type { Refusal } from '../../../src-shared/contract/api/refusal.ts';
import { problemOf } from '../../../src-shared/mistakes/problem.ts';

/** A refusal as the error that it was. */
export function refused(refusal: Refusal): Error {
  return refusal.code === 'bug' ? new Error(refusal.message) : problemOf(refusal);
}
