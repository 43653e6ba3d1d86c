import type { CostedCell } from '../../src-shared/studies/cell.ts';
import {
  addableSeeds,
  type CellSeeds,
  cellSeeds,
  seedAttempt,
  type SeedAttempt,
} from '../../src-shared/studies/cell-seeds.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { SeedDecision } from '../../src-shared/studies/seeds-until.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';

/** What follows for a cell from a run of it that has ended. */
export interface NextSeeds {
  readonly decision: SeedDecision;
  /** Seeds that have not been asked for before. */
  readonly added: readonly number[];
  /** How many may still follow. */
  readonly open: number;
}

/** The seeds that a study asks for in its cells; where its file has a rule for it, they are added as runs end. */
export class AddedSeeds {
  readonly #definition: StudyDefinition;
  readonly #attempts: Map<string, readonly SeedAttempt[]>;
  readonly #seeds: Map<string, CellSeeds>;

  /** @param runs all of the study as it starts, in the order in which they were added */
  constructor(definition: StudyDefinition, cells: readonly CostedCell[], runs: readonly RunRecord[]) {
    const { until } = definition;
    const attempts = until ? runs.map((run) => seedAttempt(run, until)) : [];
    const seedsOf = cellSeeds(definition, () => attempts);
    this.#definition = definition;
    this.#attempts = Map.groupBy(attempts, ({ cell }) => cell);
    this.#seeds = new Map(cells.map((cell) => [cell.id, seedsOf(cell)]));
  }

  /** The seeds of a cell that are asked for so far. */
  asked({ id }: Pick<CostedCell, 'id'>): readonly number[] {
    return this.#seeds.get(id)?.asked ?? [];
  }

  /** How many seeds each cell may still get, by its id; empty without a rule. */
  get open(): ReadonlyMap<string, number> {
    if (!this.#definition.until) return new Map();
    return new Map([...this.#seeds].map(([cell, seeds]) => [cell, addableSeeds(seeds)]));
  }

  /** @param readRun a run of the cell, which has ended @returns null where nothing new has been decided */
  next(cell: CostedCell, readRun: () => RunRecord): NextSeeds | null {
    const { until } = this.#definition;
    const before = this.#seeds.get(cell.id);
    if (!until || !before) return null;
    const attempts = [...(this.#attempts.get(cell.id) ?? []), seedAttempt(readRun(), until)];
    this.#attempts.set(cell.id, attempts);
    const now = cellSeeds(this.#definition, () => attempts)(cell);
    this.#seeds.set(cell.id, now);
    const known = new Set([...before.asked, ...attempts.map(({ seed }) => seed)]);
    const added = now.asked.filter((seed) => !known.has(seed));
    if (!now.decision || (added.length === 0 && now.decision.state === before.decision?.state)) return null;
    return { decision: now.decision, added, open: addableSeeds(now) };
  }
}
