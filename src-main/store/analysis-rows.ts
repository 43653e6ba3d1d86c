import type Database from 'better-sqlite3';
import type {
  Analysis,
  AnalysisFile,
  AnalysisResult,
  AnalysisSettings,
  KnownAnalysis,
} from '../../src-shared/analysis/analysis-result.ts';
import { measureKey, methodOf, type WantedFindings } from '../../src-shared/analysis/findings.ts';
import { canonicalJson } from '../../src-shared/canonical-hash.ts';
import { noRun } from './find-run-row.ts';
import type { AnalysisStore } from './store.ts';

interface KnownRow {
  run: string;
  method: string;
  key: string;
  created_at: number;
}

interface AnalysisRow extends KnownRow {
  results_json: string;
  files_json: string;
  seconds: number;
}

/** Of the runs and networks whose ids a JSON array has, in its order. */
const CHOSEN = `FROM json_each(?) AS chosen
  LEFT JOIN runs ON runs.name = chosen.value LEFT JOIN networks ON networks.name = chosen.value AND networks.trashed_at IS NULL
  JOIN analyses ON analyses.run_id = runs.id OR analyses.network_id = networks.id`;

/** What looked at the end of the training, as nearly everything that is asked about; see src-shared/analysis/checkpoints.ts. */
const OF_LAST = "json_extract(analyses.key, '$.checkpoint') IS NULL";

/** What methods found about runs and networks. */
export function analysisRows(database: Database.Database): AnalysisStore {
  return {
    saveAnalysis: (analysis) => database.transaction(() => save(database, analysis)).immediate(),
    findAnalysis: (run, method, settings) => {
      const { column, id } = subjectOf(database, run);
      const row = database
        .prepare<[string, number, string, string], AnalysisRow>(
          `SELECT ? AS run, * FROM analyses WHERE ${column} = ? AND method = ? AND key = ?`,
        )
        .get(run, id, method, canonicalJson(settings));
      return row ? toAnalysis(row) : null;
    },
    analyses: (runs, wanted = {}) => {
      const methods = wanted.findings ? JSON.stringify(wanted.findings.map(methodOf)) : null;
      const rows = database
        .prepare<[string, string | null, string | null], AnalysisRow>(
          `SELECT chosen.value AS run, analyses.* ${CHOSEN}
           WHERE (? IS NULL OR method IN (SELECT value FROM json_each(?)))
             AND ${wanted.overTraining ? 'TRUE' : OF_LAST} ORDER BY chosen.key, analyses.id`,
        )
        .iterate(JSON.stringify(runs), methods, methods);
      // one at a time, since all that was found together can be much
      return Array.from(rows, (row) => wantedOf(toAnalysis(row), wanted));
    },
    knownAnalyses: (runs) =>
      database
        .prepare<[string], KnownRow>(
          `SELECT chosen.value AS run, method, analyses.key, analyses.created_at ${CHOSEN}
           WHERE ${OF_LAST} ORDER BY chosen.key, analyses.id`,
        )
        .all(JSON.stringify(runs))
        .map(toKnown),
    hasAnalyses: (runs) =>
      database
        .prepare<[string], number>(`SELECT EXISTS (SELECT 1 ${CHOSEN})`)
        .pluck()
        .get(JSON.stringify(runs)) === 1,
    analysedSubjects: () =>
      database
        .prepare<[], { id: string; methods: string; newest: number }>(
          `SELECT coalesce(runs.name, networks.name) AS id, json_group_array(DISTINCT method) AS methods,
             max(analyses.created_at) AS newest FROM analyses LEFT JOIN runs ON runs.id = run_id
             LEFT JOIN cells ON cells.id = cell_id LEFT JOIN studies ON studies.id = study_id
             LEFT JOIN networks ON networks.id = network_id
           WHERE coalesce(runs.trashed_at, studies.trashed_at, networks.trashed_at) IS NULL GROUP BY run_id, network_id`,
        )
        .all()
        .map(({ id, methods, newest }) => ({
          id,
          methods: JSON.parse(methods) as string[],
          newest: new Date(newest).toISOString(),
        })),
    analysisTimes: (method, most) =>
      database
        .prepare<[string, number], { key: string; seconds: number; macs: number | null }>(
          // what came with a report was timed elsewhere
          `SELECT analyses.key, analyses.seconds, cells.macs FROM analyses LEFT JOIN runs ON runs.id = run_id
             LEFT JOIN cells ON cells.id = cell_id LEFT JOIN studies ON studies.id = study_id
           WHERE method = ? AND opened_json IS NULL ORDER BY analyses.id DESC LIMIT ?`,
        )
        .all(method, most)
        .map(({ key, seconds, macs }) => ({ settings: JSON.parse(key) as AnalysisSettings, seconds, macs })),
  };
}

function save(database: Database.Database, analysis: Analysis): void {
  const { run, method, settings, results, files, seconds, createdAt } = analysis;
  const { column, id } = subjectOf(database, run);
  database
    .prepare(
      `INSERT OR REPLACE INTO analyses (${column}, method, key, results_json, files_json, seconds, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      method,
      canonicalJson(settings),
      JSON.stringify(results),
      JSON.stringify(files),
      seconds,
      Date.parse(createdAt),
    );
}

/** The column that refers to what has this id, and its number there. @throws Problem `not-found` */
function subjectOf(database: Database.Database, name: string) {
  for (const [table, column] of [
    ['runs', 'run_id'],
    ['networks', 'network_id'],
  ] as const) {
    const row = database
      .prepare<[string], { id: number }>(`SELECT id FROM ${table} WHERE name = ?`)
      .get(name);
    if (row) return { column, id: row.id };
  }
  throw noRun(name);
}

function wantedOf(analysis: Analysis, { findings, layer }: WantedFindings): Analysis {
  const isWanted = (result: AnalysisResult): boolean =>
    (layer === undefined || result.layer === layer || result.other?.layer === layer) &&
    (findings === undefined ||
      findings.includes(result.method) ||
      findings.includes(measureKey(result.method, result.measure)));
  return { ...analysis, results: analysis.results.filter(isWanted) };
}

function toKnown({ run, method, key, created_at: createdAt }: KnownRow): KnownAnalysis {
  return {
    run,
    method,
    settings: JSON.parse(key) as AnalysisSettings,
    createdAt: new Date(createdAt).toISOString(),
  };
}

function toAnalysis(row: AnalysisRow): Analysis {
  return {
    ...toKnown(row),
    results: JSON.parse(row.results_json) as AnalysisResult[],
    files: JSON.parse(row.files_json) as AnalysisFile[],
    seconds: row.seconds,
  };
}
