import { duration, whole } from '../numbers.ts';
import type { RunExtension } from '../studies/run-extension.ts';

/** What follows the id of the shorter run: `from whose end it went on at step 1,200; 5 min of the training time are of that run`. */
export function extensionText({ step, seconds, note }: RunExtension): string {
  const what =
    step === 0
      ? 'from whose end it could not go on'
      : `from whose end it went on at step ${whole(step)}; ${duration(seconds)} of the training time are of that run`;
  return note === null ? what : `${what}: ${note}`;
}
