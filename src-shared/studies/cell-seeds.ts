import type { Factors } from './cell.ts';
import type { RunRecord } from './run-record.ts';
import type { RunState } from './run-state.ts';
import { seedsOfCells } from './seeds-of-cells.ts';
import {
  decideSeeds,
  openSeeds,
  type SeedDecision,
  type SeedResult,
  type SeedsUntil,
} from './seeds-until.ts';
import type { StudyDefinition } from './study-definition.ts';

/** What became of a training, as far as it decides about seeds. */
export interface SeedAttempt {
  /** Id of the cell. */
  readonly cell: string;
  readonly seed: number;
  readonly state: RunState;
  readonly failure: { readonly code: string } | null;
  /** In the metric of the study's rule; null without one. */
  readonly value: number | null;
}

/** The seeds that a study asks for in a cell. */
export interface CellSeeds {
  readonly asked: readonly number[];
  /** Absent where they are fixed. */
  readonly decision?: SeedDecision;
}

/** A run as it decides about the seeds of its cell. @param until the rule of its study */
export function seedAttempt(
  run: Pick<RunRecord, 'cell' | 'seed' | 'state' | 'failure' | 'metrics'>,
  until: SeedsUntil | undefined,
): SeedAttempt {
  const { cell, seed, state, failure, metrics } = run;
  return { cell, seed, state, failure, value: until ? metrics[until.metric] : null };
}

/** How many seeds the rule may still add that are not asked for anyway. */
export function addableSeeds({ asked, decision }: CellSeeds): number {
  if (!decision) return 0;
  const next = (decision.seeds.at(-1) ?? -1) + 1;
  const added = Array.from({ length: openSeeds(decision) }, (_, place) => next + place);
  return added.filter((seed) => !asked.includes(seed)).length;
}

type Seeded = Pick<StudyDefinition, 'design' | 'seeds' | 'extraSeeds' | 'until'>;

/**
 * A function that gives the seeds of a cell: those that the file names, or, where they are added by a rule, those that follow from
 * the runs so far.
 *
 * @param readAttempts all of the study, in the order in which they were added; called once, and only where there is a rule
 */
export function cellSeeds(
  definition: Seeded,
  readAttempts: () => readonly SeedAttempt[],
): (cell: { readonly id: string; readonly factors: Factors }) => CellSeeds {
  const named = seedsOfCells(definition);
  const { until } = definition;
  if (!until) return ({ factors }) => ({ asked: named(factors) });
  const last = new Map(readAttempts().map((attempt) => [`${attempt.cell} ${attempt.seed}`, attempt]));
  return ({ id, factors }) => {
    const decision = decideSeeds(until, (seed) => resultOf(last.get(`${id} ${seed}`)));
    const added = new Set(decision.seeds);
    return { asked: [...added, ...named(factors).filter((seed) => !added.has(seed))], decision };
  };
}

function resultOf(attempt: SeedAttempt | undefined): SeedResult {
  if (attempt?.state === 'complete')
    return attempt.value === null || !Number.isFinite(attempt.value) ? 'lost' : attempt.value;
  return attempt?.state === 'failed' && attempt.failure?.code === 'loss-not-finite' ? 'lost' : null;
}
