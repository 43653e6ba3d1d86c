import type Database from 'better-sqlite3';
import {
  hasRoom,
  joinSamples,
  type MachineSample,
  MOST_SAMPLES,
  thinSamples,
} from '../../src-shared/machine/machine-sample.ts';
import type { MachineStore } from './store.ts';

const OF_STUDY = 'study_id = (SELECT id FROM studies WHERE name = ? AND trashed_at IS NULL)';

/** What the machine did while studies trained: `keepSample`, row by row. */
export function machineRows(database: Database.Database): MachineStore {
  return {
    addMachineSample: (study, sample) =>
      database.transaction(() => addSample(database, study, sample)).immediate(),
    machineSamples: (study) => samplesOf(database, study),
  };
}

function addSample(database: Database.Database, study: string, sample: MachineSample): void {
  const { count, period } = kept(database, study);
  const last = lastOf(database, study);
  if (last && hasRoom(last, sample, period)) {
    database.prepare(`DELETE FROM machine_samples WHERE ${OF_STUDY} AND at = ?`).run(study, last.at);
    return insert(database, study, [joinSamples(last, sample)]);
  }
  if (count < MOST_SAMPLES) return insert(database, study, [sample]);
  const thinned = thinSamples([...samplesOf(database, study), sample]);
  database.prepare(`DELETE FROM machine_samples WHERE ${OF_STUDY}`).run(study);
  insert(database, study, thinned);
}

/** A clock that was set back may tell the same time twice. */
function insert(database: Database.Database, study: string, samples: readonly MachineSample[]): void {
  const add = database.prepare(
    `INSERT OR REPLACE INTO machine_samples (study_id, at, seconds, sample_json)
     SELECT id, ?, ?, ? FROM studies WHERE name = ? AND trashed_at IS NULL`,
  );
  for (const sample of samples) add.run(sample.at, sample.seconds, JSON.stringify(sample), study);
}

/** How many there are, and `periodOf` them. */
function kept(
  database: Database.Database,
  study: string,
): { readonly count: number; readonly period: number } {
  const seconds = database
    .prepare<[string], number>(`SELECT seconds FROM machine_samples WHERE ${OF_STUDY} ORDER BY seconds`)
    .pluck()
    .all(study);
  return { count: seconds.length, period: seconds[Math.floor(seconds.length / 2)] ?? 0 };
}

function lastOf(database: Database.Database, study: string): MachineSample | null {
  const text = database
    .prepare<[string], string>(
      `SELECT sample_json FROM machine_samples WHERE ${OF_STUDY} ORDER BY at DESC LIMIT 1`,
    )
    .pluck()
    .get(study);
  return text === undefined ? null : (JSON.parse(text) as MachineSample);
}

function samplesOf(database: Database.Database, study: string): MachineSample[] {
  return database
    .prepare<[string], string>(`SELECT sample_json FROM machine_samples WHERE ${OF_STUDY} ORDER BY at`)
    .pluck()
    .all(study)
    .map((text) => JSON.parse(text) as MachineSample);
}
