import { counted } from '../../src-shared/counted.ts';
import { andList } from '../../src-shared/lists.ts';
import type { RunPlan } from '../../src-shared/studies/plan-runs.ts';

/** What is to be said where the missing runs will be computed with another number of threads than the complete ones. */
export function threadsMessage(
  {
    done,
    missing,
  }: {
    readonly done: readonly Pick<RunPlan['done'][number], 'threads'>[];
    readonly missing: readonly unknown[];
  },
  threads: number,
): string[] {
  const others = new Set(done.flatMap((run) => (run.threads === threads ? [] : (run.threads ?? []))));
  if (others.size === 0 || missing.length === 0) return [];
  const before = [...others].sort((a, b) => a - b);
  const least = before.slice(0, -1).map(String);
  const most = counted(before.at(-1) ?? 0, 'thread');
  return [
    `Complete runs were computed by trainers with ${andList([...least, most])}, missing runs will use ${threads}: results of cells that mix them say so.`,
  ];
}
