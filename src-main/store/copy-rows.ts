import type Database from 'better-sqlite3';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type {
  CopiedAnalysis,
  CopiedNumbers,
  CopiedRun,
  CopiedRuns,
} from '../../src-shared/studies/study-copy.ts';
import { EXTENSION, parseExtension } from './extension-rows.ts';
import { INTERRUPTIONS, parseInterruptions } from './interruption-rows.ts';
import { failureOf } from './run-record-rows.ts';
import { type ProvenanceRow, toProvenance } from './result-rows.ts';
import type { CopyStore } from './store.ts';

interface StudyRow {
  id: number;
  name: string;
  dataset: string;
  data_hash: string;
  definition_json: string;
  text: string;
  created_at: number;
  updated_at: number;
}

interface CellRow {
  id: number;
  key: string;
  position: number | null;
  factors_json: string;
  network_json: string;
  recipe_json: string;
  parameters: number | null;
  macs: number | null;
}

interface RunRow {
  id: number;
  name: string;
  cell_id: number;
  seed: number;
  state: CopiedRun['state'];
  retry_of_name: string | null;
  interruptions_json: string | null;
  extension_json: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  step: number | null;
  total_steps: number | null;
  steps_per_epoch: number | null;
  mode: CopiedRun['mode'];
  mode_reason: string | null;
  images: string | null;
  seconds: number | null;
  test_accuracy: number | null;
  metrics_json: string | null;
  imported_from: string | null;
  failure_code: string | null;
  failure_message: string | null;
  failure_step: number | null;
  summaries_json: string | null;
  note: string | null;
}

/**
 * Ended runs of a study, by its number. Of the table itself: a run whose process was killed is seen by readers as interrupted, but
 * its points are not compacted yet.
 */
const OF_ENDED = `WHERE run_id IN (SELECT runs.id FROM main.runs JOIN cells ON cells.id = cell_id
  WHERE study_id = ? AND state NOT IN ('waiting', 'running') AND trashed_at IS NULL)`;

/** A study as a report holds it. */
export function copyRows(database: Database.Database): CopyStore {
  return {
    studyCopy: (name, mostBytes) =>
      database.transaction(() => {
        const study = studyRow(database, name);
        const runs = endedRuns(database, study.id);
        const places = new Map(runs.map(({ id }, place) => [id, place]));
        const within = <Part>(size: string, read: () => Part): Part | null => {
          const bytes = database
            .prepare<[number], number | null>(`${size} ${OF_ENDED}`)
            .pluck()
            .get(study.id);
          return (bytes ?? 0) > mostBytes ? null : read();
        };
        const numbers = (size: string, select: string): CopiedNumbers[] | null =>
          within(size, () => copiedNumbers(database, study.id, select, places));
        const series = (axis: 'epoch' | 'step'): CopiedNumbers[] | null =>
          numbers(
            `SELECT sum(length(data)) FROM (SELECT run_id, data FROM series WHERE axis = '${axis}')`,
            // by their names, since the values of one name are alike
            `SELECT run_id, metric AS name, data FROM series ${OF_ENDED} AND axis = '${axis}' ORDER BY metric, run_id`,
          );
        return {
          ...copiedRuns(database, study, runs),
          confusions: numbers(
            'SELECT sum(length(counts)) FROM confusions',
            `SELECT run_id, '' AS name, counts AS data FROM confusions ${OF_ENDED} ORDER BY run_id`,
          ),
          epochs: series('epoch'),
          steps: series('step'),
          histograms: numbers(
            'SELECT sum(length(data)) FROM histograms',
            `SELECT run_id, CAST(step AS TEXT) AS name, data FROM histograms ${OF_ENDED} ORDER BY run_id, step`,
          ),
          analyses: within('SELECT sum(length(results_json)) FROM analyses', () =>
            copiedAnalyses(database, study.id, places),
          ),
        };
      })(),
  };
}

function studyRow(database: Database.Database, name: string): StudyRow {
  const row = database
    .prepare<[string], StudyRow>('SELECT * FROM studies WHERE name = ? AND trashed_at IS NULL')
    .get(name);
  if (!row) throw new Problem('not-found', `There is no study "${name}".`);
  return row;
}

/** In the order in which a copy has them. */
function endedRuns(database: Database.Database, study: number): RunRow[] {
  return database
    .prepare<[number], RunRow>(
      `SELECT runs.*, ${INTERRUPTIONS}, ${EXTENSION}, summaries.values_json AS summaries_json, notes.text AS note,
         (SELECT earlier.name FROM main.runs AS earlier WHERE earlier.id = runs.retry_of) AS retry_of_name
       FROM main.runs AS runs JOIN cells ON cells.id = cell_id
         LEFT JOIN summaries ON summaries.run_id = runs.id LEFT JOIN notes ON notes.run_id = runs.id
       WHERE study_id = ? AND state NOT IN ('waiting', 'running') AND trashed_at IS NULL ORDER BY runs.id`,
    )
    .all(study);
}

function copiedRuns(database: Database.Database, study: StudyRow, runs: readonly RunRow[]): CopiedRuns {
  const cells = database
    .prepare<[number], CellRow>(
      'SELECT * FROM cells WHERE study_id = ? ORDER BY position IS NULL, position, id',
    )
    .all(study.id);
  const places = new Map(cells.map(({ id }, place) => [id, place]));
  const partsOf = runParts(database, study.id);
  return {
    study: {
      ...{ name: study.name, dataset: study.dataset, dataHash: study.data_hash },
      definition: JSON.parse(study.definition_json) as CopiedRuns['study']['definition'],
      ...{ text: study.text, note: noteOf(database, study.id) },
      ...{ createdAt: study.created_at, updatedAt: study.updated_at },
    },
    cells: cells.map((cell) => ({
      ...{ id: cell.key, position: cell.position },
      factors: JSON.parse(cell.factors_json) as CopiedRuns['cells'][number]['factors'],
      network: JSON.parse(cell.network_json) as CopiedRuns['cells'][number]['network'],
      recipe: JSON.parse(cell.recipe_json) as CopiedRuns['cells'][number]['recipe'],
      ...{ parameters: cell.parameters, macs: cell.macs },
    })),
    runs: runs.map((run) => ({
      ...{ id: run.name, cell: places.get(run.cell_id) ?? -1, seed: run.seed, state: run.state },
      ...{ retryOf: run.retry_of_name, importedFrom: run.imported_from },
      ...{ createdAt: run.created_at, startedAt: run.started_at, endedAt: run.ended_at },
      ...{ step: run.step, totalSteps: run.total_steps, stepsPerEpoch: run.steps_per_epoch },
      ...{ mode: run.mode, modeReason: run.mode_reason },
      ...(run.images !== null && { images: run.images }),
      ...{ seconds: run.seconds, testAccuracy: run.test_accuracy },
      metrics: JSON.parse(run.metrics_json ?? 'null') as CopiedRun['metrics'],
      failure: failureOf(run),
      summaries: JSON.parse(run.summaries_json ?? 'null') as CopiedRun['summaries'],
      ...partsOf(run.id),
      note: run.note,
      ...(run.interruptions_json !== null && { interruptions: parseInterruptions(run.interruptions_json) }),
      ...parseExtension(run.extension_json),
    })),
  };
}

function noteOf(database: Database.Database, study: number): CopiedRuns['study']['note'] {
  const row = database
    .prepare<[number], { text: string; changed_at: number }>('SELECT * FROM study_notes WHERE study_id = ?')
    .get(study);
  return row ? { text: row.text, changedAt: row.changed_at } : null;
}

type RunParts = Pick<CopiedRun, 'provenance' | 'classAccuracy' | 'artifacts' | 'tags'>;

/** What other tables have of the ended runs of a study, by their numbers. */
function runParts(database: Database.Database, study: number): (run: number) => RunParts {
  const byRun = <Row extends { run_id: number }>(sql: string): ReadonlyMap<number, Row[]> =>
    Map.groupBy(database.prepare<[number], Row>(sql).all(study), (row) => row.run_id);
  const provenance = byRun<ProvenanceRow & { run_id: number }>(`SELECT * FROM provenance ${OF_ENDED}`);
  const accuracies = byRun<{ run_id: number; accuracy: number | null }>(
    `SELECT run_id, accuracy FROM class_accuracies ${OF_ENDED} ORDER BY run_id, class`,
  );
  const artifacts = byRun<CopiedRun['artifacts'][number] & { run_id: number }>(
    `SELECT run_id, kind, file, bytes, sha256 FROM artifacts ${OF_ENDED} ORDER BY rowid`,
  );
  const tags = byRun<{ run_id: number; tag: string }>(
    `SELECT run_id, tag FROM tags ${OF_ENDED} ORDER BY run_id, tag`,
  );
  return (run) => {
    const [origin] = provenance.get(run) ?? [];
    return {
      provenance: origin ? toProvenance(origin) : null,
      classAccuracy: (accuracies.get(run) ?? []).map(({ accuracy }) => accuracy),
      artifacts: (artifacts.get(run) ?? []).map(({ kind, file, bytes, sha256 }) => ({
        ...{ kind, file, bytes, sha256 },
      })),
      tags: (tags.get(run) ?? []).map(({ tag }) => tag),
    };
  };
}

function copiedNumbers(
  database: Database.Database,
  study: number,
  select: string,
  places: ReadonlyMap<number, number>,
): CopiedNumbers[] {
  return database
    .prepare<[number], NumbersRow>(select)
    .all(study)
    .map(({ run_id: run, name, data }) => ({ run: placeOf(places, run), name, data }));
}

interface NumbersRow {
  run_id: number;
  name: string;
  data: Buffer;
}

function copiedAnalyses(
  database: Database.Database,
  study: number,
  places: ReadonlyMap<number, number>,
): CopiedAnalysis[] {
  return database
    .prepare<
      [number],
      {
        run_id: number;
        method: string;
        key: string;
        results_json: string;
        files_json: string;
        seconds: number;
        created_at: number;
      }
    >(`SELECT * FROM analyses ${OF_ENDED} ORDER BY id`)
    .all(study)
    .map(({ run_id: run, method, key, ...row }) => ({
      ...{ run: placeOf(places, run), method, key },
      ...{ results: row.results_json, files: row.files_json },
      ...{ seconds: row.seconds, createdAt: row.created_at },
    }));
}

function placeOf(places: ReadonlyMap<number, number>, run: number): number {
  const place = places.get(run);
  if (place === undefined) throw new Error(`the run ${run} has not ended`);
  return place;
}
