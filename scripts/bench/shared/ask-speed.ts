import { z } from 'zod';
import type { BenchWorker } from './bench-worker.ts';

const answerSchema = z.union([
  z.object({
    imagesPerSecond: z.number(),
    /** Where it was the first time that this was asked for, and something was compiled. */
    firstStepSeconds: z.number().optional(),
  }),
  z.object({ failure: z.string() }),
]);

export interface AskedSpeed {
  /** Of all workers together: the sum of the medians over their steps. */
  readonly imagesPerSecond: number;
  /** Of the worker that took longest. */
  readonly firstStepSeconds: number | undefined;
}

/**
 * Has all workers train for so many seconds at the same time.
 * @param what is to be trained, in the words of the workers
 * @throws Error with the reason where a worker cannot
 */
export async function askSpeed(
  workers: readonly BenchWorker[],
  what: object,
  seconds: number,
): Promise<AskedSpeed> {
  const answers = await Promise.all(
    workers.map(async (worker) => answerSchema.parse(await worker.ask({ ...what, seconds }))),
  );
  const speeds = answers.map((answer) => {
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  });
  const first = speeds.flatMap(({ firstStepSeconds }) => firstStepSeconds ?? []);
  return {
    imagesPerSecond: speeds.reduce((sum, { imagesPerSecond }) => sum + imagesPerSecond, 0),
    firstStepSeconds: first.length === 0 ? undefined : Math.max(...first),
  };
}
