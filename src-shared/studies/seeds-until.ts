import { z } from 'zod';
import { checkInput } from '../mistakes/check-input.ts';
import { type Checked, right, within, wrong } from '../mistakes/mistake.ts';
import { RUN_METRICS, type RunMetric, runMetrics } from '../metrics/metrics.ts';
import { MOST_SEEDS } from '../most-seeds.ts';
import { seedsForHalfWidth } from '../statistics/two-stage.ts';

/** `seeds: { until: … }`: seeds are added to each cell until its interval is narrow enough. */
export interface SeedsUntil {
  /** Of the 95 % interval of the mean, as it is shown: of a share in percentage points. */
  readonly halfWidth: number;
  /** The most seeds of a cell. */
  readonly max: number;
  /** Seeds of the first stage, whose deviation decides how many it takes. */
  readonly min: number;
  readonly metric: RunMetric;
}

/** Two values have one degree of freedom: their interval is 12.7 standard errors wide to each side. */
const LEAST_FIRST_STAGE = 3;
/** With so many, half as many seeds again hardly narrow the interval; docs/sequential-seeds.md has the numbers. */
export const USUAL_FIRST_STAGE = 5;

const untilSchema = z.strictObject({
  until: z.strictObject(
    {
      halfWidth: z.number().positive(),
      max: z.int().min(LEAST_FIRST_STAGE).max(MOST_SEEDS),
      min: z.int().min(LEAST_FIRST_STAGE).max(MOST_SEEDS).default(USUAL_FIRST_STAGE),
      metric: z.enum(runMetrics).default('testAccuracy'),
    },
    { error: 'expected { halfWidth: 0.5, max: 12 }' },
  ),
});

/** @param seeds what a study file has under `seeds`, a map */
export function readSeedsUntil(seeds: object): Checked<SeedsUntil> {
  const checked = checkInput(untilSchema, seeds);
  if (!checked.ok) return wrong(...checked.mistakes.map((mistake) => within(['seeds'], mistake)));
  const { until } = checked.value;
  if (until.max >= until.min) return right(until);
  const message = `${until.max} is not accepted; expected at least ${until.min}, the seeds of the first stage (min).`;
  return wrong({ path: ['seeds', 'until', 'max'], value: until.max, message });
}

/** As a file states it: without what it may leave out. */
export function withoutDefaults({ min, metric, ...rule }: SeedsUntil): Partial<SeedsUntil> {
  return {
    ...rule,
    ...(min === USUAL_FIRST_STAGE ? {} : { min }),
    ...(metric === 'testAccuracy' ? {} : { metric }),
  };
}

/** The half width in the unit of the metric, as the store has it. */
function storedHalfWidth({ halfWidth, metric }: SeedsUntil): number {
  return RUN_METRICS[metric].kind === 'share' ? halfWidth / 100 : halfWidth;
}

/**
 * How far the seeds of a cell are.
 *
 * - first stage: the seeds that every cell gets are not all complete
 * - second stage: how many it takes is decided, and they are not all complete
 * - narrow enough: all are complete, and the interval is as narrow as wanted
 * - most seeds: all are complete, and the interval is wider, as more would be needed than the most
 * - given up: too many runs have no result that counts
 */
export type SeedsState = 'first stage' | 'second stage' | 'narrow enough' | 'most seeds' | 'given up';

/** What has been decided about the seeds of a cell. */
export interface SeedDecision {
  readonly rule: SeedsUntil;
  readonly state: SeedsState;
  /** The seeds that the rule asks for so far, by rising number; those that count no seed are among them. */
  readonly seeds: readonly number[];
  /** The seeds whose deviation decides, as far as they are complete. */
  readonly firstStage: readonly number[];
  /** How many seeds the half width takes, however many the most are; null until the first stage is over. */
  readonly needed: number | null;
}

/** The value of a seed's run; `lost` where there will never be one: it diverged. Null where it may come. */
export type SeedResult = number | 'lost' | null;

/**
 * Which seeds a cell gets: 0, 1, 2, … A seed that is lost counts for none, and the next number takes its place; when as many are
 * lost as the first stage has, the cell is given up. It depends on the results alone and not on the order in which they came, so
 * that a study that goes on, on whatever machine, decides the same.
 */
export function decideSeeds(rule: SeedsUntil, resultOf: (seed: number) => SeedResult): SeedDecision {
  const seeds: number[] = [];
  const values: { readonly seed: number; readonly value: number }[] = [];
  let lost = 0;
  let pending = 0;
  let needed: number | null = null;
  const target = (): number => (needed === null ? rule.min : Math.min(rule.max, Math.max(rule.min, needed)));
  for (let seed = 0; values.length + pending < target() && lost < rule.min; seed++) {
    seeds.push(seed);
    const result = resultOf(seed);
    if (result === 'lost') lost++;
    else if (result === null) pending++;
    else values.push({ seed, value: result });
    if (needed === null && values.length === rule.min) {
      needed = seedsForHalfWidth(
        values.map(({ value }) => value),
        storedHalfWidth(rule),
      );
    }
  }
  const firstStage = values.slice(0, rule.min).map(({ seed }) => seed);
  const state = (): SeedsState => {
    if (lost >= rule.min && values.length < target()) return 'given up';
    if (needed === null) return 'first stage';
    if (pending > 0) return 'second stage';
    return needed > rule.max ? 'most seeds' : 'narrow enough';
  };
  return { rule, state: state(), seeds, firstStage, needed };
}

/** How many seeds a rule may still add to a cell. */
export function openSeeds({ rule, state }: SeedDecision): number {
  return state === 'first stage' ? rule.max - rule.min : 0;
}
