import type Database from 'better-sqlite3';
import type { Artifact, RunResult } from '../../src-shared/studies/trainer-protocol.ts';
import type { Provenance } from '../../src-shared/studies/run-record.ts';
import { packConfusion, type PackedConfusion, unpackConfusion } from './confusion-blob.ts';
import { rowOf } from './find-run-row.ts';
import type { Confusion, ResultStore } from './store.ts';

export interface ProvenanceRow {
  kindling_version: string;
  node_version: string;
  tfjs_version: string | null;
  engine: string;
  engine_version: string;
  device: string;
  threads: number;
  card: string | null;
  fused_with: string | null;
  data_hash: string;
  host: string;
  platform: string;
  folder: string;
  git_revision: string | null;
  git_dirty: number | null;
}

/** What a run left behind besides its points and summary. */
export function resultRows(database: Database.Database): ResultStore {
  return {
    provenance: (id) => {
      const row = database
        .prepare<[number], ProvenanceRow>('SELECT * FROM provenance WHERE run_id = ?')
        .get(rowOf(database, id));
      return row ? toProvenance(row) : null;
    },
    artifacts: (id) =>
      database
        .prepare<[number], Artifact>(
          'SELECT kind, file, bytes, sha256 FROM artifacts WHERE run_id = ? ORDER BY rowid',
        )
        .all(rowOf(database, id)),
    confusion: (id) => readConfusion(database, rowOf(database, id)),
  };
}

/** In the place of that from before an interruption; inside the caller's transaction. */
export function saveProvenance(database: Database.Database, run: number, provenance: Provenance): void {
  const { engine } = provenance;
  const columns: Record<string, string | number | null> = {
    run_id: run,
    kindling_version: provenance.kindlingVersion,
    node_version: provenance.nodeVersion,
    tfjs_version: provenance.tfjsVersion,
    engine: engine.name,
    engine_version: engine.version,
    device: engine.device,
    threads: engine.threads,
    card: engine.card ?? null,
    fused_with: provenance.fusedWith === undefined ? null : JSON.stringify(provenance.fusedWith),
    data_hash: provenance.dataHash,
    host: provenance.host,
    platform: provenance.platform,
    folder: provenance.folder,
    git_revision: provenance.gitRevision,
    git_dirty: provenance.gitDirty === null ? null : Number(provenance.gitDirty),
  };
  const names = Object.keys(columns);
  database
    .prepare(
      `INSERT OR REPLACE INTO provenance (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    .run(...Object.values(columns));
}

/** Artifacts, confusion matrix and class accuracies; inside the caller's transaction. */
export function saveResult(database: Database.Database, run: number, result: RunResult): void {
  const addArtifact = database.prepare(
    'INSERT INTO artifacts (run_id, kind, file, bytes, sha256) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { kind, file, bytes, sha256 } of result.artifacts)
    addArtifact.run(run, kind, file, bytes, sha256);
  const { classes, counts } = packConfusion(result.confusion);
  database
    .prepare('INSERT INTO confusions (run_id, classes, counts) VALUES (?, ?, ?)')
    .run(run, classes, counts);
  const addAccuracy = database.prepare(
    'INSERT INTO class_accuracies (run_id, class, accuracy) VALUES (?, ?, ?)',
  );
  for (const [index, accuracy] of result.classAccuracy.entries()) addAccuracy.run(run, index, accuracy);
}

function readConfusion(database: Database.Database, run: number): Confusion | null {
  const row = database
    .prepare<[number], PackedConfusion>('SELECT classes, counts FROM confusions WHERE run_id = ?')
    .get(run);
  if (!row) return null;
  const accuracies = database
    .prepare<[number], { accuracy: number | null }>(
      'SELECT accuracy FROM class_accuracies WHERE run_id = ? ORDER BY class',
    )
    .all(run);
  return {
    counts: unpackConfusion(row),
    classAccuracy: accuracies.map(({ accuracy }) => accuracy),
  };
}

export function toProvenance(row: ProvenanceRow): Provenance {
  return {
    kindlingVersion: row.kindling_version,
    nodeVersion: row.node_version,
    tfjsVersion: row.tfjs_version,
    engine: {
      ...{ name: row.engine, version: row.engine_version, device: row.device, threads: row.threads },
      ...(row.card !== null && { card: row.card }),
    },
    ...parseFusedWith(row.fused_with),
    dataHash: row.data_hash,
    host: row.host,
    platform: row.platform,
    folder: row.folder,
    gitRevision: row.git_revision,
    gitDirty: row.git_dirty === null ? null : row.git_dirty === 1,
  };
}

/** @param text JSON of ids, as `provenance` has it */
export function parseFusedWith(text: string | null): Pick<Provenance, 'fusedWith'> {
  return text === null ? {} : { fusedWith: JSON.parse(text) as string[] };
}
