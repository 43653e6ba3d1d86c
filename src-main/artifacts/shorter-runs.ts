import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { epochPointSchema } from '../../src-shared/metrics/measured-values.ts';
import { timeMetrics } from '../../src-shared/metrics/metrics.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import { computedOtherwise } from '../../src-shared/studies/computed-otherwise.ts';
import { extensionOf } from '../../src-shared/studies/extension-of.ts';
import { runsInStep } from '../../src-shared/runs/own-seconds.ts';
import { idWithEpochs } from '../../src-shared/studies/make-cell.ts';
import { isKeptEpoch, recordingsOf } from '../../src-shared/studies/recordings.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import type { FindEnd, FoundEnd } from '../../src-shared/studies/shorter-end.ts';
import { type Spent, spentSchema } from '../../src-shared/studies/spent.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';
import type { ComputedBy, ExtendedRun, GoOn } from '../../src-shared/studies/trainer-protocol.ts';
import type { Store } from '../store/store.ts';
import { ownsRunFolder } from './run-folders.ts';

/** For which runs shorter ones are looked for. */
export interface LongerRuns {
  readonly definition: Pick<StudyDefinition, 'dataset' | 'data' | 'record'>;
  readonly dataHash: string;
  /** What is going to compute them, as far as it is known. */
  readonly computedBy: Partial<ComputedBy>;
  readonly how: GoOn['how'];
}

/**
 * Looks for complete runs, of any study of the store, that are the same but for fewer epochs: of those from which a run can go on the
 * longest, else the longest of all with what is in the way.
 */
export function findShorter(store: Store, longer: LongerRuns): FindEnd {
  if (longer.how === 'never') return () => null;
  const trained = store.epochsTrained();
  const known = new Map<string, readonly Shorter[]>();
  return (cell, seed) => {
    const runs = known.get(cell.id) ?? shorterOf(store, longer, cell, trained);
    known.set(cell.id, runs);
    let first: FoundEnd | null = null;
    for (const shorter of runs) {
      if (shorter.run.seed !== seed) continue;
      const found = examine(store, longer, cell, shorter);
      if ('extended' in found) return found;
      first ??= found;
    }
    return first;
  };
}

interface Shorter {
  readonly run: RunRecord;
  readonly epochs: number;
}

/** Those of a cell, the longest first. */
function shorterOf(
  store: Store,
  { definition }: LongerRuns,
  cell: CostedCell,
  trained: readonly number[],
): Shorter[] {
  const fewer = trained.filter((epochs) => epochs < cell.recipe.epochs);
  const epochsOf = new Map(fewer.map((epochs) => [idWithEpochs(definition, cell, epochs), epochs]));
  return store
    .runs({ cells: [...epochsOf.keys()], states: ['complete'] })
    .map((run) => ({ run, epochs: epochsOf.get(run.cell) ?? 0 }))
    .sort((a, b) => b.epochs - a.epochs);
}

function examine(store: Store, longer: LongerRuns, cell: CostedCell, { run, epochs }: Shorter): FoundEnd {
  const { recipe } = cell;
  const refused = (why: string): FoundEnd => ({ run: run.id, why });
  if (run.importedFrom !== null) return refused('another program trained it');
  if (run.openedFrom !== null)
    return refused(`it was opened from the report ${run.openedFrom}, which has no checkpoints`);
  const extension = extensionOf({ ...recipe, epochs }, recipe);
  if (!extension.allowed) return refused(extension.why);
  const record = recordingsOf(longer.definition);
  if (record.histograms > 0)
    return refused('histograms are recorded, whose steps depend on the number of epochs');
  const provenance = store.provenance(run.id);
  if (provenance?.dataHash !== longer.dataHash) return refused('it was trained on other data');
  const computedBy = { ...provenance.engine, kindling: provenance.kindlingVersion };
  const otherwise = longer.how === 'any' ? null : computedOtherwise(longer.computedBy, computedBy);
  if (otherwise !== null) return refused(otherwise);
  if (!ownsRunFolder(store, run.id)) return refused('its files belong to another store');
  const all = store.artifacts(run.id);
  const isWanted = (epoch: number): boolean => isKeptEpoch(record, epoch, recipe.epochs);
  const kept = all.filter(({ kind }) => epochOf(kind) === null || isWanted(epochOf(kind) ?? 0));
  const folder = store.runFolder(run.id);
  const missing =
    ['last', ...keptKinds(epochs, isWanted)].find((kind) => !kept.some((each) => each.kind === kind)) ??
    kept.find(({ file }) => !existsSync(join(folder, file)))?.kind;
  if (missing !== undefined) return refused(`its checkpoint ${missing} is missing`);
  const measured = measuredOf(store, run, recipe.batch);
  const { mode, totalSteps } = run;
  if (measured === null || mode === null || totalSteps === null)
    return refused('an earlier version of Kindling recorded less of it');
  return {
    run: run.id,
    extended: {
      ...{ run: run.id, folder, artifacts: kept, ...measured },
      ...{ bestValidationAccuracy: run.metrics.bestValidationAccuracy, computedBy, mode },
      ...(provenance.fusedWith && { networks: runsInStep(provenance) }),
    },
    reached: { step: measured.last.step, totalSteps: (totalSteps / epochs) * recipe.epochs },
  };
}

/** Those of epochs before its last, which a longer run is asked to keep. */
function keptKinds(epochs: number, isWanted: (epoch: number) => boolean): string[] {
  return Array.from({ length: epochs - 1 }, (_, before) => before + 1)
    .filter(isWanted)
    .map((epoch) => `epoch-${epoch}`);
}

function epochOf(kind: string): number | null {
  const epoch = /^epoch-(?<epoch>\d+)$/.exec(kind)?.groups?.['epoch'];
  return epoch === undefined ? null : Number(epoch);
}

/** Its last epoch, and what it has used; null where that is not known. */
function measuredOf(
  store: Store,
  { id, metrics, seconds }: RunRecord,
  batch: number,
): Pick<ExtendedRun, 'last' | 'spent'> | null {
  const last = epochPointSchema.safeParse(store.series(id).epochs.at(-1));
  const parts = Object.fromEntries(timeMetrics.map((part) => [part, metrics[part]]));
  const { preparationSeconds, peakMemoryBytes, imagesPerSecond, stepSeconds } = metrics;
  // as the result of a run has its speed
  const timedSteps = Math.round(((imagesPerSecond ?? NaN) * (stepSeconds ?? NaN)) / batch);
  const spent = spentSchema.safeParse({
    ...{ seconds, parts, preparationSeconds, peakMemoryBytes, timedSteps },
  } satisfies Record<keyof Spent, unknown>);
  return last.success && spent.success ? { last: last.data, spent: spent.data } : null;
}
