import { Problem, type ProblemCode } from '../../src-shared/mistakes/problem.ts';

/**
 * What is wrong with a store's file, where another store would do.
 * @param what is wrong and what else helps; ends where `choose another file` follows: `…, or `, `…; `
 */
export function notThisStore(
  code: ProblemCode,
  what: string,
  options?: { readonly cause?: unknown },
): Problem {
  return new Problem(code, `${what}choose another file with --store.`, {
    ...options,
    // a window has no command line
    fact: `${what}start Kindling with another folder (KINDLING_HOME).`,
  });
}
