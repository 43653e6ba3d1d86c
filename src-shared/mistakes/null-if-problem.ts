import { Problem } from './problem.ts';

/** What the action returns, or null where it throws a Problem: for what may as well not be there. */
export function nullIfProblem<Value>(action: () => Value): Value | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
