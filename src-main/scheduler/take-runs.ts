import { ascending, greatest } from 'd3-array';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import { ownOf } from '../../src-shared/studies/in-one-step.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import type { Fused, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { removeResumes, usableSteps } from '../artifacts/resume-files.ts';
import { findShorter, type LongerRuns } from '../artifacts/shorter-runs.ts';
import type { Store } from '../store/store.ts';
import type { QueuedRun, TakenRuns } from './queued-run.ts';
import type { RunForecast, RunQueue, TrainerState } from './run-queue.ts';

/** From where runs that wait go on, and which of them. */
export interface TakingOptions {
  readonly store: Store;
  readonly queue: RunQueue<QueuedRun>;
  /** Of the study. */
  readonly cells: readonly CostedCell[];
  /** What is looked for from which runs go on that begin; `how` is that of interrupted ones, too. */
  readonly longer: LongerRuns;
  /** Runs that are trained in one step at most. */
  readonly most: number;
  /** Of single runs; null while too little has been measured. */
  readonly forecast: () => RunForecast | null;
}

/** Takes of the runs that wait those which a trainer trains next: one, or several in one step. */
export class RunTaker {
  readonly #options: TakingOptions;
  readonly #recipes: ReadonlyMap<string, Recipe>;

  constructor(options: TakingOptions) {
    this.#options = options;
    this.#recipes = new Map(options.cells.map(({ id, recipe }) => [id, recipe]));
  }

  /**
   * @param trainer that takes them
   * @param others that have a run in progress
   * @returns null where none waits
   */
  take(trainer: TrainerState, others: readonly TrainerState[]): TakenRuns | null {
    const { queue, most, forecast } = this.#options;
    // what is expected of single runs says nothing of several in one step
    const first = queue.take(trainer, others, () => (most === 1 ? forecast() : null));
    if (first === undefined) return null;
    const alone = { runs: [first], fused: null, from: null };
    if (most === 1) return alone;
    const begins = (run: QueuedRun): boolean => this.goingOn(run).goOn === undefined;
    if (!begins(first)) return this.#takeAgain(first) ?? alone;
    const runs = [first, ...queue.takeBeside(first, most, begins)];
    if (runs.length === 1) return alone;
    return { runs, fused: this.#fusedOf(runs, idsOf(runs)), from: null };
  }

  /** What its trainer is told of a run that has begun before, or can go on from a shorter one. */
  goingOn({ run, content: cell, seed }: QueuedRun): Pick<RunSpecification, 'goOn'> {
    const { store, longer } = this.#options;
    const { how } = longer;
    const {
      startedAt,
      extension,
      interruptions: { length: interruptions },
    } = store.run(run);
    const upTo = store.lastRecordedStep(run);
    const isNew = upTo === 0 && extension === undefined;
    const found = isNew || extension?.step ? findShorter(store, longer)(cell, seed) : null;
    const from = found && 'extended' in found ? found.extended : null;
    if (isNew && from !== null) {
      // what they rest on is not recorded
      removeResumes(store, [run]);
      return { goOn: { upTo: from.last.step, how, from, interruptions } };
    }
    if (startedAt === null) return {};
    return {
      goOn: { upTo, how, interruptions, ...(from !== null && from.run === extension?.from && { from }) },
    };
  }

  /**
   * A run that was fused when it was interrupted, with those of the others that can go on from the same step: in a step of as many networks
   * as before, so that they end with the bits that they would have had. Null for one that goes on alone.
   */
  #takeAgain(first: QueuedRun): TakenRuns | null {
    const { store, queue, longer, most } = this.#options;
    const { fusedWith = [], extension } = store.run(first.run);
    const size = fusedWith.length + 1;
    if (size === 1 || size > most || extension) return null;
    const stepsFor = ({ run }: QueuedRun): readonly number[] => {
      const steps = longer.how === 'never' ? [] : usableSteps(store, run);
      return steps.length > 0 ? steps : [0];
    };
    const others = queue.waitingOf(new Set(fusedWith));
    const stepsOf = new Map(others.map((other) => [other, stepsFor(other)]));
    const together = (step: number): readonly QueuedRun[] =>
      others.filter((other) => stepsOf.get(other)?.includes(step));
    // rather with others from an older checkpoint than without them from its last
    const from = greatest(stepsFor(first), (step) => together(step).length);
    if (from === undefined) return null;
    const runs = [first, ...queue.remove(new Set(idsOf(together(from))))];
    return { runs, fused: this.#fusedOf(runs, [first.run, ...fusedWith]), from };
  }

  /**
   * @param all of the step, also those that have ended: their places follow from their cells and seeds, as their bits follow from their places
   * and from what is given to each
   */
  #fusedOf(runs: readonly QueuedRun[], all: readonly string[]): Fused {
    const { store } = this.#options;
    const ordered = all
      .map((run) => store.run(run))
      .sort((one, other) => ascending(one.cell, other.cell) || one.seed - other.seed);
    return {
      ...{ runs: ordered.map(({ id }) => id), present: idsOf(runs) },
      own: ownOf(ordered.flatMap(({ cell }) => this.#recipes.get(cell) ?? [])),
    };
  }
}

function idsOf(runs: readonly QueuedRun[]): string[] {
  return runs.map(({ run }) => run);
}
