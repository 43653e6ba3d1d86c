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
import { rowOf } from './find-run-row.ts';
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
    analyses: (runs, wanted = {}) => {
      const methods = wanted.findings ? JSON.stringify(wanted.findings.map(methodOf)) : null;
      const rows = database
        .prepare<[string, string | null, string | null], AnalysisRow>(
          `${SELECT} JOIN json_each(?) AS chosen ON chosen.value = runs.name
           WHERE ? IS NULL OR method IN (SELECT value FROM json_each(?)) ORDER BY chosen.key, analyses.id`,
        )
        .iterate(JSON.stringify(runs), methods, methods);
      // one at a time, since all that was found together can be much
      return Array.from(rows, (row) => wantedOf(toAnalysis(row), wanted));
    },
    knownAnalyses: (runs) =>
      database
        .prepare<[string], KnownRow>(
          `SELECT runs.name AS run, method, analyses.key, analyses.created_at FROM analyses JOIN runs ON runs.id = run_id
           JOIN json_each(?) AS chosen ON chosen.value = runs.name ORDER BY chosen.key, analyses.id`,
        )
        .all(JSON.stringify(runs))
        .map(toKnown),
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
