import type { CostedCell } from '../../src-shared/studies/cell.ts';
import { cellSeeds, type SeedAttempt } from '../../src-shared/studies/cell-seeds.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import { openSeeds, type SeedDecision } from '../../src-shared/studies/seeds-until.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';

/** What follows for a cell from a run of it that has ended. */
export interface NextSeeds {
  readonly decision: SeedDecision;
  /** Seeds that have not been asked for before. */
  readonly added: readonly number[];
}

/** Adds seeds to the cells of a study as their runs end, where its file has a rule for it. */
export class AddedSeeds {
  readonly #definition: StudyDefinition;
  readonly #attempts: Map<string, readonly SeedAttempt[]>;
  readonly #decisions = new Map<string, SeedDecision>();

  /** @param attempts all of the study as it starts, in the order in which they were added */
  constructor(definition: StudyDefinition, cells: readonly CostedCell[], attempts: readonly SeedAttempt[]) {
    this.#definition = definition;
    this.#attempts = Map.groupBy(attempts, ({ cell }) => cell);
    if (!definition.until) return;
    const seedsOf = cellSeeds(definition, () => attempts);
    for (const cell of cells) {
      const { decision } = seedsOf(cell);
      if (decision) this.#decisions.set(cell.id, decision);
    }
  }

  /** How many seeds each cell may still get, by its id. */
  get open(): ReadonlyMap<string, number> {
    return new Map([...this.#decisions].map(([cell, decision]) => [cell, openSeeds(decision)]));
  }

  /** @param run of the cell, which has ended @returns null where nothing new has been decided */
  next(cell: CostedCell, run: RunRecord): NextSeeds | null {
    const { until } = this.#definition;
    const before = this.#decisions.get(cell.id);
    if (!until || !before) return null;
    const attempts = [...(this.#attempts.get(cell.id) ?? []), { ...run, value: run.metrics[until.metric] }];
    this.#attempts.set(cell.id, attempts);
    const { decision } = cellSeeds(this.#definition, () => attempts)(cell);
    if (!decision) return null;
    this.#decisions.set(cell.id, decision);
    const known = new Set([...before.seeds, ...attempts.map(({ seed }) => seed)]);
    const added = decision.seeds.filter((seed) => !known.has(seed));
    return added.length > 0 || decision.state !== before.state ? { decision, added } : null;
  }
}
