import type Database from 'better-sqlite3';
import { evenSample } from '../../src-shared/even-sample.ts';
import type { StepHistograms, WantedHistograms } from '../../src-shared/metrics/layer-histograms.ts';
import { rowOf } from './find-run-row.ts';
import { packHistograms, unpackHistograms } from './histogram-blob.ts';
import type { HistogramStore } from './store.ts';

/** Histograms over the steps, one row for each step that was recorded. */
export function histogramRows(database: Database.Database): HistogramStore {
  return {
    histograms: (id) => ofRun(database, rowOf(database, id)),
    histogramsOf: (names, wanted) => {
      const recorded = database
        .prepare<[string], { id: number; name: string }>(
          `SELECT runs.id, runs.name FROM runs JOIN cells ON cells.id = runs.cell_id JOIN studies ON studies.id = cells.study_id
           WHERE runs.name IN (SELECT value FROM json_each(?)) AND studies.trashed_at IS NULL AND runs.trashed_at IS NULL
             AND EXISTS (SELECT 1 FROM histograms WHERE run_id = runs.id)`,
        )
        .all(JSON.stringify(names));
      const ids = new Map(recorded.map(({ id, name }) => [name, id]));
      const inOrder = names.flatMap((run) => {
        const id = ids.get(run);
        return id === undefined ? [] : [{ run, id }];
      });
      return {
        recorded: inOrder.length,
        runs: evenSample(inOrder, wanted.most).map(({ run, id }) => ({
          run,
          steps: ofRun(database, id).map((step) => wantedOf(step, wanted)),
        })),
      };
    },
  };
}

/** Inside the caller's transaction. */
export function appendHistograms(
  database: Database.Database,
  run: number,
  histograms: readonly StepHistograms[],
): void {
  const insert = database.prepare('INSERT INTO histograms (run_id, step, data) VALUES (?, ?, ?)');
  for (const { step, layers } of histograms) insert.run(run, step, packHistograms(layers));
}

function ofRun(database: Database.Database, run: number): StepHistograms[] {
  return database
    .prepare<[number], { step: number; data: Buffer }>(
      'SELECT step, data FROM histograms WHERE run_id = ? ORDER BY step',
    )
    .all(run)
    .map(({ step, data }) => ({ step, layers: unpackHistograms(data) }));
}

function wantedOf({ step, layers }: StepHistograms, { of, layer }: WantedHistograms): StepHistograms {
  const parts = layers.filter((each) => each.of === of);
  return {
    step,
    layers:
      layer === null
        ? parts.map((each) => ({ ...each, bins: [], counts: [] }))
        : parts.filter((each) => each.layer === layer),
  };
}
