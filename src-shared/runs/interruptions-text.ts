import { andList } from '../lists.ts';
import { whole } from '../numbers.ts';
import type { Interruption } from '../studies/interruption.ts';

/** How often a run was interrupted, and what followed: `twice`, `went on from step 1,200 and its beginning`; null without any. */
export function interruptionsText(
  interruptions: readonly Interruption[],
): { readonly count: string; readonly about: string } | null {
  if (interruptions.length === 0) return null;
  const count = ['once', 'twice'][interruptions.length - 1] ?? `${whole(interruptions.length)} times`;
  const from = interruptions.map(({ step }) =>
    step === null ? 'nowhere yet' : step === 0 ? 'its beginning' : `step ${whole(step)}`,
  );
  const notes = new Set(
    interruptions.flatMap(({ cause, note }) => [cause, note]).filter((text) => text !== null),
  );
  return { count, about: [`went on from ${andList(from)}`, ...notes].join('; ') };
}
