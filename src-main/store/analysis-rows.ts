import type Database from 'better-sqlite3';
import type {
  Analysis,
  AnalysisFile,
  AnalysisResult,
  AnalysisSettings,
} from '../../src-shared/analysis/analysis-result.ts';
import { canonicalJson } from '../../src-shared/studies/canonical-hash.ts';
import { rowOf } from './find-run-row.ts';
import type { AnalysisStore } from './store.ts';

interface AnalysisRow {
  run: string;
  method: string;
  key: string;
  results_json: string;
  files_json: string;
  seconds: number;
  created_at: number;
}

const SELECT = 'SELECT runs.name AS run, analyses.* FROM analyses JOIN runs ON runs.id = run_id';

/** What methods found about runs. */
export function analysisRows(database: Database.Database): AnalysisStore {
  return {
    saveAnalysis: (analysis) => database.transaction(() => save(database, analysis)).immediate(),
    findAnalysis: (run, method, settings) => {
      const row = database
        .prepare<[number, string, string], AnalysisRow>(
          `${SELECT} WHERE run_id = ? AND method = ? AND key = ?`,
        )
        .get(rowOf(database, run), method, canonicalJson(settings));
      return row ? toAnalysis(row) : null;
    },
    analyses: (runs, methods) => {
      const wanted = methods === undefined ? null : JSON.stringify(methods);
      return database
        .prepare<[string, string | null, string | null], AnalysisRow>(
          `${SELECT} JOIN json_each(?) AS chosen ON chosen.value = runs.name
           WHERE ? IS NULL OR method IN (SELECT value FROM json_each(?)) ORDER BY chosen.key, analyses.id`,
        )
        .all(JSON.stringify(runs), wanted, wanted)
        .map(toAnalysis);
    },
  };
}

function save(database: Database.Database, analysis: Analysis): void {
  const { run, method, settings, results, files, seconds, createdAt } = analysis;
  database
    .prepare(
      `INSERT OR REPLACE INTO analyses (run_id, method, key, results_json, files_json, seconds, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      rowOf(database, run),
      method,
      canonicalJson(settings),
      JSON.stringify(results),
      JSON.stringify(files),
      seconds,
      Date.parse(createdAt),
    );
}

function toAnalysis(row: AnalysisRow): Analysis {
  return {
    run: row.run,
    method: row.method,
    settings: JSON.parse(row.key) as AnalysisSettings,
    results: JSON.parse(row.results_json) as AnalysisResult[],
    files: JSON.parse(row.files_json) as AnalysisFile[],
    seconds: row.seconds,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
