import { least, quantile } from 'd3-array';
import { z } from 'zod';

/** How many times faster the one was than the other: the median of the comparisons, and between what most or all of them lie. */
export const gainSchema = z.object({
  median: z.number().positive(),
  low: z.number().positive(),
  high: z.number().positive(),
});
export type Gain = z.infer<typeof gainSchema>;

/** What several trainers of few threads did on a machine beside one of all threads. */
export const measuredTrainersSchema = z.object({
  /** For people. */
  network: z.string(),
  batch: z.int().positive(),
  /** Multiply-accumulate operations of a step, forward: one image's times the batch. */
  stepMacs: z.number().positive(),
  /** The several. */
  jobs: z.int().positive(),
  /** Their images/s together over those of the one: median, least and greatest of the comparisons. */
  gain: gainSchema,
});
export type MeasuredTrainers = z.infer<typeof measuredTrainersSchema>;

/**
 * @param share of the comparisons that lie between `low` and `high`
 * @returns NaN of an empty list, which is no gain
 */
export function gainOf(ratios: readonly number[], share: number): Gain {
  const at = (place: number): number => quantile(ratios, place) ?? Number.NaN;
  return { median: at(0.5), low: at((1 - share) / 2), high: at((1 + share) / 2) };
}

/** So many times faster must be what takes the place of the default. */
const WORTH_IT = 1.02;

/** Whether the one was slower than the other beyond doubt: by more than 2 % at the upper end of the comparisons, too. */
export function isSlower({ high }: Gain): boolean {
  return high * WORTH_IT < 1;
}

/** The measurement whose steps are most like those of a study, by the ratio of their work; undefined where there is none. */
export function nearestMeasured(
  measured: readonly MeasuredTrainers[],
  stepMacs: number,
): MeasuredTrainers | undefined {
  return least(measured, (each) => Math.abs(Math.log(each.stepMacs / stepMacs)));
}

/** Multiply-accumulate operations of a step, forward, in the mean over all runs; 0 where there are none. */
export function meanStepMacs(
  cells: readonly {
    readonly macs: number;
    readonly recipe: { readonly batch: number };
    readonly runs: number;
  }[],
): number {
  const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
  const all = cells.reduce((sum, { macs, recipe, runs: times }) => sum + macs * recipe.batch * times, 0);
  return runs === 0 ? 0 : all / runs;
}
