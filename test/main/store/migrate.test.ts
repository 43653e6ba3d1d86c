import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { packConfusion } from '../../../src-main/store/confusion-blob.ts';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { packSeries } from '../../../src-main/store/series-blob.ts';
import { studyInput, temporaryFolder } from './sample-study.ts';

/** A store as the first format had it: a complete run with points, a failed one, and one that never began. */
function firstFormat(file: string): void {
  const database = connectWriter(file);
  migrate(database, MIGRATIONS.slice(0, 1));
  const { definition, text, cells } = studyInput();
  database
    .prepare(`INSERT INTO studies VALUES (1, 'sample', 'shapes', 'abc', ?, ?, 1, 1)`)
    .run(JSON.stringify(definition), text);
  const addCell = database.prepare('INSERT INTO cells VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)');
  for (const [index, { id, factors, network, recipe, parameters, macs }] of cells.entries()) {
    const texts = [factors, network, recipe].map((value) => JSON.stringify(value));
    addCell.run(index + 1, id, index, ...texts, parameters, macs);
  }
  database.exec(`
    INSERT INTO lease VALUES (1, 42, 'host', 1000);
    INSERT INTO runs (id, name, cell_id, seed, state, created_at) VALUES
      (1, 'aaaaaaaa', 1, 0, 'running', 1), (2, 'bbbbbbbb', 1, 1, 'running', 1), (3, 'cccccccc', 1, 2, 'waiting', 1);`);
  const addSeries = database.prepare('INSERT INTO series VALUES (1, ?, ?, 4, ?)');
  addSeries.run('step', 'step', packSeries([1, 2, 3, 4]));
  addSeries.run('step', 'loss', packSeries([0.5, 0.9, 0.1, 0.3]));
  addSeries.run('epoch', 'step', packSeries([2, 4]));
  addSeries.run('epoch', 'validation_loss', packSeries([0.7, null]));
  const counts = packConfusion([
    [480, 3],
    [3, 0],
  ]);
  database.prepare('INSERT INTO confusions VALUES (1, ?, ?)').run(counts.classes, counts.counts);
  database.exec(`
    INSERT INTO class_accuracies VALUES (1, 0, ${480 / 483}), (1, 1, 0);
    UPDATE runs SET state = 'complete', test_accuracy = 0.5, ended_at = 2 WHERE id = 1;
    UPDATE runs SET state = 'failed', failure_code = 'internal', failure_message = 'why' WHERE id = 2;`);
  database.close();
}

test('a store of the first format gets its summaries and is as frozen as before', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  firstFormat(file);
  const reader = openStore(file, { purpose: 'read' });
  const { runs } = reader.runTable();
  assert.deepEqual(
    runs.map(({ id, state, summaries }) => [id, state, summaries]),
    [
      [
        'aaaaaaaa',
        'complete',
        { loss: { last: 0.3, min: 0.1, max: 0.9 }, validationLoss: { last: 0.7, min: 0.7, max: 0.7 } },
      ],
      ['bbbbbbbb', 'failed', {}],
      ['cccccccc', 'waiting', {}],
    ],
  );
  reader.close();
  assert.throws(() => openStore(`${file}.v1-backup`, { purpose: 'read', migrations: [] }), {
    code: 'store-newer',
    message: /format 1,/,
  });
  const database = connectWriter(file);
  context.after(() => database.close());
  for (const sql of [
    'DELETE FROM series',
    `UPDATE summaries SET values_json = '{}'`,
    `INSERT INTO summaries VALUES (2, '{}')`,
    `INSERT INTO points VALUES (2, 'step', 1, '{}')`,
  ]) {
    assert.throws(() => database.exec(sql), /a finished run never changes/, sql);
  }
});

test('a run’s folder is found by its name, whatever path an older store had for it', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'kindling.sqlite');
  firstFormat(file);
  const older = connectWriter(file);
  older.exec('DROP TRIGGER finished_run_never_changes');
  older.exec(`UPDATE runs SET started_at = 1, artifacts_folder = CASE id
    WHEN 1 THEN '/former/home/artifacts/aaaaaaaa' ELSE '${folder}/artifacts/..' END WHERE id < 3`);
  older.close();
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  assert.deepEqual(
    store.runs().map(({ artifacts }) => artifacts),
    [join(folder, 'artifacts/aaaaaaaa'), join(folder, 'artifacts/bbbbbbbb'), null],
  );
  assert.match(store.identity(), /^[0-9a-f-]{36}$/);
});

test('runs from before scores of classes get theirs from the confusion matrix', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  firstFormat(file);
  const store = openStore(file, { purpose: 'read' });
  const [complete, failed] = store.runTable().runs;
  assert.deepEqual(complete?.recalls, [480 / 483, 0]);
  const { testBalancedAccuracy, testMacroF1, testLargestClass, testSmallestClass } = complete.metrics;
  assert.equal(testBalancedAccuracy, 480 / 483 / 2);
  assert.equal(testMacroF1, (2 * 480) / (483 + 483) / 2);
  assert.deepEqual([testLargestClass, testSmallestClass], [483 / 486, 3 / 486]);
  assert.deepEqual([failed?.recalls, failed?.metrics.testMacroF1], [[], null]);
  store.close();
  const database = connectWriter(file);
  context.after(() => database.close());
  assert.throws(
    () => database.exec(`UPDATE runs SET metrics_json = '{"testMacroF1":1}' WHERE id = 1`),
    /a finished run never changes/,
  );
});

test('figures, points and summaries of a store with a column each come along to the last digit', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  firstFormat(file);
  const older = connectWriter(file);
  migrate(older, MIGRATIONS.slice(0, 5));
  older.exec(`
    INSERT INTO runs (id, name, cell_id, seed, state, created_at) VALUES
      (4, 'dddddddd', 2, 0, 'running', 1), (5, 'eeeeeeee', 2, 1, 'running', 1);
    INSERT INTO step_points VALUES (4, 1, 0.1, 0.25, 1e-300, ${1 / 3}), (4, 2, 1e300, 1, 0.5, 2);
    INSERT INTO epoch_points VALUES (4, 1, 2, 1.5, ${0.1 + 0.2}, 0.5, 1, NULL, NULL, NULL);
    INSERT INTO summaries (run_id, loss_last, loss_min, loss_max) VALUES (5, ${1 / 3}, ${0.1 + 0.2}, 1e300);
    UPDATE runs SET state = 'complete', ended_at = 3, test_accuracy = ${1 / 3}, test_loss = ${0.1 + 0.2},
      best_validation_accuracy = 1, peak_memory_bytes = 5e9, images_per_second = NULL WHERE id = 5;`);
  older.close();
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  const step = {
    step: 1,
    loss: 0.1,
    accuracy: 0.25,
    learningRate: 1e-300,
    imagesPerSecond: 1 / 3,
    dataWaitShare: null,
  };
  assert.deepEqual(store.series('dddddddd'), {
    steps: [
      step,
      { step: 2, loss: 1e300, accuracy: 1, learningRate: 0.5, imagesPerSecond: 2, dataWaitShare: null },
    ],
    epochs: [
      {
        ...{
          epoch: 1,
          step: 2,
          seconds: 1.5,
          trainingLoss: 0.1 + 0.2,
          trainingAccuracy: 0.5,
          trainingTop5: 1,
        },
        ...{ validationLoss: null, validationAccuracy: null, validationTop5: null },
      },
    ],
  });
  const [first, , , , last] = store.runTable().runs;
  assert.deepEqual(last?.summaries, { loss: { last: 1 / 3, min: 0.1 + 0.2, max: 1e300 } });
  const { testAccuracy, testLoss, bestValidationAccuracy, peakMemoryBytes, imagesPerSecond } = last.metrics;
  assert.deepEqual([testAccuracy, testLoss, bestValidationAccuracy], [1 / 3, 0.1 + 0.2, 1]);
  assert.deepEqual([peakMemoryBytes, imagesPerSecond], [5e9, null]);
  assert.equal(first?.metrics.testAccuracy, 0.5);
  // what was not measured yet when a run was made is null, and has no place in its exports
  assert.deepEqual(
    store.series('aaaaaaaa').steps.map(({ loss, accuracy }) => [loss, accuracy]),
    [0.5, 0.9, 0.1, 0.3].map((loss) => [loss, null]),
  );
});

test('runs keep all that belongs to them when their table is put in place of a former one (format 10)', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  firstFormat(file);
  const older = connectWriter(file);
  migrate(older, MIGRATIONS.slice(0, 9));
  older.exec(`
    INSERT INTO runs (id, name, cell_id, seed, state, retry_of, created_at) VALUES (7, 'ffffffff', 2, 5, 'waiting', 2, 1);
    INSERT INTO notes VALUES (1, 'kept'); INSERT INTO tags VALUES (1, 'kept');
    DROP TRIGGER run_states_in_order;`);
  const parts = (database: typeof older): unknown =>
    database
      .prepare(
        `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT IN ('runs', 'cells', 'studies', 'study_notes', 'study_tags', 'machine_samples', 'networks', 'provenance', 'interruptions', 'extensions', 'runs_with_resume_files') ORDER BY name`,
      )
      .all();
  const before = parts(older);
  older.close();
  const store = openStore(file, { purpose: 'schedule' });
  const [complete, ...others] = store.runTable().runs;
  assert.deepEqual([complete?.note, complete?.tags, complete?.importedFrom], ['kept', ['kept'], null]);
  assert.equal(others.at(-1)?.retryOf, 'bbbbbbbb');
  assert.equal(store.series('aaaaaaaa').steps.length, 4);
  assert.notEqual(store.confusion('aaaaaaaa'), null);
  store.close();
  const database = connectWriter(file);
  context.after(() => database.close());
  // a trigger that was dropped stays so; statistics are the planner's
  // format 14 allows for single runs in the trash in these, format 15 has histograms, format 17 networks in the trash, format 18 interruptions, and format 19 extensions
  const later =
    /^histograms|^interruptions|^extensions|^runs_with_resume_files$|_delete_of_finished_run$|^(finished_run_never_changes|one_run_for_each_seed|runs_deleted_from_trash_only|one_network_for_each_name|networks_deleted_from_trash_only)$/;
  const isOfFormat = ({ name = '' }: { name?: string }): boolean =>
    !name.startsWith('sqlite_') && !later.test(name);
  assert.deepEqual((parts(database) as object[]).filter(isOfFormat), (before as object[]).filter(isOfFormat));
  assert.deepEqual(database.pragma('foreign_key_check'), []);
  assert.throws(() => database.exec('DELETE FROM runs'), /in the trash/);
  assert.throws(() => database.exec(`UPDATE runs SET seed = 9 WHERE id = 1`), /never changes/);
  assert.throws(
    () =>
      database.exec(
        `INSERT INTO runs (name, cell_id, seed, state, created_at) VALUES ('g', 99, 0, 'waiting', 1)`,
      ),
    /FOREIGN KEY/,
  );
});

test('an interrupted run of an older store begins anew as itself, unless another one has repeated it (format 18)', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  firstFormat(file);
  const older = connectWriter(file);
  migrate(older, MIGRATIONS.slice(0, 17));
  older.exec(`
    INSERT INTO runs (id, name, cell_id, seed, state, retry_of, created_at, started_at) VALUES
      (4, 'dddddddd', 2, 0, 'running', NULL, 1, 2), (5, 'eeeeeeee', 2, 1, 'running', NULL, 1, 2);
    UPDATE runs SET state = 'interrupted', ended_at = 3 WHERE id > 3;
    INSERT INTO runs (id, name, cell_id, seed, state, retry_of, created_at) VALUES (6, 'ffffffff', 2, 1, 'waiting', 5, 4);`);
  older.close();
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  store.resumeRuns(['dddddddd']);
  const { state, step, interruptions, startedAt } = store.run('dddddddd');
  assert.deepEqual(
    [state, step, startedAt, interruptions.map(({ at }) => Date.parse(at))],
    ['waiting', null, new Date(2).toISOString(), [3]],
  );
  assert.equal(store.lastRecordedStep('dddddddd'), 0);
  assert.throws(() => store.resumeRuns(['eeeeeeee']), /UNIQUE/);
  assert.equal(store.run('ffffffff').retryOf, 'eeeeeeee');
});

test('imported networks keep what was found about them, and a name in the trash is free (format 17)', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const older = connectWriter(file);
  migrate(older, MIGRATIONS.slice(0, 16));
  older.exec(`
    INSERT INTO networks (id, name, title, source_json, network_json, input_json, classes_json, preprocessing_json, file,
        bytes, sha256, created_at, set_at)
      SELECT value, 'network' || value, 'title' || value, '{"file":"a.pt","format":"PyTorch"}', '{"family":"squeezenet"}',
        '[8,8,3]', '["cat","dog"]', '{"mean":[0,0,0],"deviation":[1,1,1]}', 'network.safetensors', value, 'abc', 1, 2
      FROM json_each('[3, 7]');
    INSERT INTO analyses (network_id, method, key, results_json, files_json, seconds, created_at)
      VALUES (7, 'probe', '{}', '[]', '[]', 1.5, 1);`);
  const rows = (database: typeof older): unknown[] =>
    database.prepare('SELECT * FROM networks ORDER BY id').all();
  const before = rows(older);
  older.close();
  openStore(file, { purpose: 'schedule' }).close();
  const database = connectWriter(file);
  context.after(() => database.close());
  assert.deepEqual(
    rows(database),
    before.map((row) => ({ ...(row as object), trashed_at: null })),
  );
  assert.deepEqual(database.pragma('foreign_key_check'), []);
  assert.throws(() => database.exec('UPDATE analyses SET network_id = 99'), /FOREIGN KEY/);
  assert.throws(() => database.exec(`UPDATE networks SET title = 'title3' WHERE id = 7`), /UNIQUE/);
  assert.throws(() => database.exec(`UPDATE networks SET network_json = '{}'`), /never changes/);
  database.exec(
    `UPDATE networks SET trashed_at = 5 WHERE id = 3; UPDATE networks SET title = 'title3' WHERE id = 7`,
  );
  assert.throws(() => database.exec('UPDATE networks SET trashed_at = NULL'), /UNIQUE/);
});
