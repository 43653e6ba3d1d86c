import type Database from 'better-sqlite3';
import { balanceScores } from '../../../src-shared/statistics/class-scores.ts';
import { type PackedConfusion, unpackConfusion } from '../confusion-blob.ts';
import type { Migration } from '../migrate.ts';
import { unfrozen } from './unfrozen.ts';

/** Results that weigh every class the same, worked out from the confusion matrices that are there. */
export const classScores: Migration = {
  version: 5,
  sql: `
  ALTER TABLE runs ADD COLUMN test_balanced_accuracy REAL;
  ALTER TABLE runs ADD COLUMN test_macro_f1 REAL;
  ALTER TABLE runs ADD COLUMN test_largest_class REAL;
  ALTER TABLE runs ADD COLUMN test_smallest_class REAL;
  `,
  code: (database) => {
    unfrozen(database, () => {
      fillScores(database);
    });
  },
};

function fillScores(database: Database.Database): void {
  const read = database.prepare<[number], PackedConfusion>(
    'SELECT classes, counts FROM confusions WHERE run_id = ?',
  );
  const save = database.prepare(
    `UPDATE runs SET test_balanced_accuracy = ?, test_macro_f1 = ?, test_largest_class = ?, test_smallest_class = ?
     WHERE id = ?`,
  );
  const runs = database.prepare<[], { run: number }>('SELECT run_id AS run FROM confusions').all();
  for (const { run } of runs) {
    const row = read.get(run);
    // a damaged matrix shall not keep the store from being opened
    const isWhole = row?.counts.length === 4 * (row?.classes ?? 0) ** 2;
    const scores = row && isWhole ? balanceScores(unpackConfusion(row)) : null;
    if (scores)
      save.run(scores.balancedAccuracy, scores.macroF1, scores.largestClass, scores.smallestClass, run);
  }
}
