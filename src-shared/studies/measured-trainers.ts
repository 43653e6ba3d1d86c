import { least, quantile } from 'd3-array';
import { z } from 'zod';
import type { CostedCell } from './cell.ts';

/** How many times faster the one was than the other: the median of the comparisons, and between what most or all of them lie. */
export const gainSchema = z.object({
  median: z.number().positive(),
  low: z.number().positive(),
  high: z.number().positive(),
});
export type Gain = z.infer<typeof gainSchema>;

/** What several trainers of few threads did on a machine beside one of all threads, or such as fuse runs beside such as do not. */
export const measuredTrainersSchema = z.object({
  /** For people. */
  network: z.string(),
  batch: z.int().positive(),
  /** Multiply-accumulate operations of a step, forward: one image's times the batch. */
  stepMacs: z.number().positive(),
  /** The several; one or more where each trained several networks. */
  jobs: z.int().positive(),
  /** Their images/s together over those of the others: median, least and greatest of the comparisons. */
  gain: gainSchema,
  /** That each of them trained in one step; absent where that was one. */
  networks: z.int().min(2).optional(),
  /** Trainers of one network each that those of several networks are compared with. */
  over: z.int().positive().optional(),
  /** Of the network; absent where it was one that stands for all. */
  family: z.string().optional(),
  /** Model of the card that they shared; absent for the processor. */
  card: z.string().optional(),
});
export type MeasuredTrainers = z.infer<typeof measuredTrainersSchema>;

/** That what several trainers do beside one, or fused runs beside others, could not be measured, of which network, and why. */
export const failedMeasurementSchema = measuredTrainersSchema
  .pick({ family: true, stepMacs: true, card: true, networks: true })
  .extend({
    /** Version of the card's; absent for the processor, and where it is unknown. */
    driver: z.string().optional(),
    /** For people. */
    reason: z.string(),
  });
export type FailedMeasurement = z.infer<typeof failedMeasurementSchema>;

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

/** Whether the one was faster than the other beyond doubt: by more than 2 % at the lower end of the comparisons, too. */
export function isFaster({ low }: Gain): boolean {
  return low > WORTH_IT;
}

/** Networks of one family are alike if the work of their steps differs by no more than this. */
const MOST_RATIO = 2;

/** A network on a device, or so many of it in one step. */
export type MeasuredOn = Pick<MeasuredTrainers, 'family' | 'stepMacs' | 'card' | 'networks'>;

/** The measurements of networks like a study's on its device. */
export function measuredAlike(measured: readonly MeasuredTrainers[], study: MeasuredOn): MeasuredTrainers[] {
  const alike = measured.filter((each) => areAlike(each, study));
  const nearest = least(alike, (each) => ratioOf(each, study));
  return alike.filter((each) => each.stepMacs === nearest?.stepMacs && each.batch === nearest.batch);
}

function areAlike(one: MeasuredOn, other: MeasuredOn): boolean {
  const isSameFamily = one.family !== undefined && one.family === other.family;
  const isSamePlace = one.card === other.card && one.networks === other.networks;
  return isSamePlace && isSameFamily && ratioOf(one, other) <= Math.log(MOST_RATIO);
}

/** Logarithm of the ratio of their steps' work, whichever has more. */
function ratioOf(one: MeasuredOn, other: MeasuredOn): number {
  return Math.abs(Math.log(one.stepMacs / other.stepMacs));
}

/** That with a network like a study's on its device, with the driver that it has, measuring failed; undefined where it has not. */
export function failedAlike(
  failed: readonly FailedMeasurement[],
  study: MeasuredOn & Pick<FailedMeasurement, 'driver'>,
): FailedMeasurement | undefined {
  return failed.find((each) => each.driver === study.driver && areAlike(each, study));
}

export function isMeasured(...asked: Parameters<typeof measuredAlike>): boolean {
  return measuredAlike(...asked).length > 0;
}

/** So much of the greatest speed is enough, for the memory that fewer trainers leave. */
const NEARLY_AS_FAST = 0.95;

/** The least number of trainers that is nearly as fast as the best, of those that were faster than one in all comparisons; null where one is. */
export function fastestTrainers(measured: readonly MeasuredTrainers[]): MeasuredTrainers | null {
  const faster = measured.filter(({ gain }) => isFaster(gain));
  const best = Math.max(...faster.map(({ gain }) => gain.median));
  const enough = faster.filter(({ gain }) => gain.median >= NEARLY_AS_FAST * best);
  return least(enough, ({ jobs }) => jobs) ?? null;
}

/** What fused runs of a network like a study's, so many in a step, did beside so many trainers; undefined where that was not measured. */
export function measuredFusing(
  measured: readonly MeasuredTrainers[],
  { jobs, over, ...study }: MeasuredOn & Pick<MeasuredTrainers, 'jobs' | 'over'>,
): MeasuredTrainers | undefined {
  const compared = measured.filter((each) => each.jobs === jobs && each.over === over);
  return measuredAlike(compared, study)[0];
}

/** The measurement whose steps are most like those of a study, by the ratio of their work; undefined where there is none. */
export function nearestMeasured(
  measured: readonly MeasuredTrainers[],
  stepMacs: number,
): MeasuredTrainers | undefined {
  return least(measured, (each) => Math.abs(Math.log(each.stepMacs / stepMacs)));
}

/** The cell whose steps have most nearly so much work; undefined where there is none. */
export function typicalCell<Costed extends Pick<CostedCell, 'macs' | 'recipe'>>(
  cells: readonly Costed[],
  stepMacs: number,
): Costed | undefined {
  return least(cells, ({ macs, recipe: { batch } }) => Math.abs(Math.log((macs * batch) / stepMacs)));
}

/** Empty where there is no cell. */
export function familyOf(cell: Pick<CostedCell, 'network' | 'recipe'> | undefined): string {
  if (cell === undefined) return '';
  const family = String(cell.network['family']);
  const { precision } = cell.recipe;
  // other kernels compute it, of which several trainers may get more or less
  return precision === 'float32' ? family : `${family} in ${precision}`;
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
