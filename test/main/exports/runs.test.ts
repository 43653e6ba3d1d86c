import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { csv } from '../../../src-main/files/csv.ts';
import {
  exportPointsCsv,
  exportRunsCsv,
  exportRunsJson,
} from '../../../src-main/exports/runs/export-runs.ts';
import { exportHistogramsCsv } from '../../../src-main/exports/runs/histograms-csv.ts';
import { openExportedStore } from './exported-study.ts';
import { readCsv } from './read-csv.ts';

const { store, runs, close } = openExportedStore();
after(close);
const ids = Object.values(runs);
store.annotate([runs.failed], { note: 'rate, "too" high\nagain', addTags: ['b', 'a'] });

test('CSV quotes what would break a line', () => {
  const rows = [
    [1, 'x,y'],
    [null, 'say "no"\n'],
  ];
  assert.equal(csv(['a', 'b'], rows), 'a,b\n1,"x,y"\n,"say ""no""\n"\n');
});

test('what a spreadsheet would take for a formula is plain text with an apostrophe before it', () => {
  const begins = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
  const text = csv(
    ['name', '=head'],
    begins.map((words) => [words, -1.5]),
  );
  assert.deepEqual(
    readCsv(Buffer.from(text)).map((row) => [row['name'], row["'=head"]]),
    begins.map((words) => [`'${words}`, '-1.5']),
  );
  // what stands inside, lists and numbers stay as they are
  assert.equal(csv(['a'], [['a=1'], [['=1']], [-2], [1e-7]]), 'a\na=1\n"[""=1""]"\n-2\n1e-7\n');
});

test('an empty list is a value, no tags are nothing', () => {
  const [row] = readCsv(exportRunsCsv(store, [runs.complete], 'all').bytes);
  assert.deepEqual([row?.['training.augment'], row?.['tags']], ['[]', '']);
});

test('a run is a row, with its factors, every digit of its figures, and what the user wrote', () => {
  const [complete, failed, waiting, ...rest] = readCsv(exportRunsCsv(store, ids, 'varying').bytes);
  assert.equal(rest.length, 0);
  const record = store.run(runs.complete);
  assert.equal(complete?.['testAccuracy'], '0.30000000000000004');
  assert.equal(complete?.['network.sr'], '0.25');
  for (const key of ['createdAt', 'startedAt', 'endedAt'] as const)
    assert.equal(complete?.[key], record[key]);
  for (const key of ['id', 'seed', 'state', 'parameters', 'macs', 'seconds', 'engine', 'device'] as const)
    assert.equal(complete?.[key], String(record[key]));
  assert.equal(complete?.['validationAccuracy'], '');
  assert.equal(complete?.['tags'], '');
  assert.equal(failed?.['note'], 'rate, "too" high\nagain');
  assert.equal(failed?.['tags'], '["a","b"]');
  assert.equal(failed?.['failure'], 'loss-not-finite');
  assert.equal(failed?.['failureMessage'], 'The loss is NaN, "quoted".');
  assert.equal(waiting?.['startedAt'], '');
});

test('settings that are the same in all runs are left out, unless all are asked for', () => {
  const [varying] = readCsv(exportRunsCsv(store, ids, 'varying').bytes);
  const [all] = readCsv(exportRunsCsv(store, ids, 'all').bytes);
  assert.deepEqual(settingsOf(varying), ['network.sr']);
  assert.equal(all?.['training.epochs'], '2');
  assert.equal(all?.['network.stem'], 'small');
  assert.equal(all?.['max.loss'], String(2 / 4));
  assert.ok(settingsOf(all).length > 20);
});

test('scores of classes are exported, and the recall of each class with all columns', () => {
  const [varying] = readCsv(exportRunsCsv(store, ids, 'varying').bytes);
  const [all, failed] = readCsv(exportRunsCsv(store, ids, 'all').bytes);
  const { metrics } = store.run(runs.complete);
  assert.equal(varying?.['testBalancedAccuracy'], String(metrics.testBalancedAccuracy));
  assert.equal(varying['testMacroF1'], String(metrics.testMacroF1));
  assert.equal('recall.0' in varying, false);
  assert.deepEqual(
    ['recall.0', 'recall.1', 'recall.2', 'recall.3'].map((key) => all?.[key]),
    ['0.8333333333333334', '0.5', '', undefined],
  );
  assert.deepEqual([failed?.['recall.0'], failed?.['testMacroF1']], ['', '']);
});

test('points in long form are those of the store, to the bit', () => {
  const rows = readCsv(exportPointsCsv(store, ids).bytes);
  const { steps, epochs } = store.series(runs.complete);
  const of = (run: string, metric: string) =>
    rows
      .filter((row) => row['run'] === run && row['metric'] === metric)
      .map((row) => [row['epoch'], Number(row['step']), Number(row['value'])]);
  assert.deepEqual(
    of(runs.complete, 'loss'),
    steps.map(({ step, loss }) => ['', step, loss]),
  );
  assert.deepEqual(
    of(runs.complete, 'trainingAccuracy'),
    epochs.map(({ epoch, step, trainingAccuracy }) => [String(epoch), step, trainingAccuracy]),
  );
  // Only the second epoch was validated.
  assert.equal(of(runs.complete, 'validationLoss').length, 1);
  // Five figures a step, four of an epoch and three more of one with validation.
  assert.equal(rows.length, (20 + 13) * 5 + (2 + 1) * 4 + 3);
});

test('histograms are rows with counts, quantiles and measures', () => {
  const rows = readCsv(exportHistogramsCsv(store, ids).bytes);
  // two runs, two steps, one layer
  assert.equal(rows.length, 2 * 2 * 3);
  const last = rows.find(
    (row) => row['run'] === runs.complete && row['step'] === '13' && row['of'] === 'weights',
  );
  const keys = ['layer', 'count', 'zeros', 'nans', 'infinite', 'min', 'q50', 'max', 'update'];
  assert.deepEqual(
    keys.map((key) => last?.[key]),
    ['conv1', '13', '1', '0', '0', '0', last?.['q50'], '1.5', '0.5'],
  );
  // an eighth off at most
  assert.ok(Math.abs(Number(last?.['q50']) - 0.75) <= 0.75 / 8, last?.['q50']);
});

test('JSON has all that the store knows of a run', () => {
  const read = (points: boolean) => {
    const { bytes } = exportRunsJson(store, ids, { points });
    return JSON.parse(Buffer.from(bytes).toString()) as { runs: Record<string, unknown>[] };
  };
  const [complete, , waiting] = read(true).runs;
  assert.deepEqual(complete?.['provenance'], store.provenance(runs.complete));
  assert.deepEqual(complete['artifactFiles'], store.artifacts(runs.complete));
  assert.deepEqual(complete['confusion'], store.confusion(runs.complete));
  assert.deepEqual(complete['series'], store.series(runs.complete));
  assert.deepEqual(complete['histograms'], store.histograms(runs.complete));
  assert.deepEqual(complete['metrics'], store.run(runs.complete).metrics);
  assert.equal((complete['recipe'] as { epochs: number }).epochs, 2);
  assert.equal((complete['network'] as { sr: number }).sr, 0.25);
  assert.equal(waiting?.['provenance'], null);
  assert.equal('series' in (read(false).runs[0] ?? {}), false);
});

test('progress counts the runs', () => {
  const seen: [number, number][] = [];
  exportPointsCsv(store, ids, (done, total) => seen.push([done, total]));
  assert.deepEqual(seen, [
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
});

function settingsOf(row: Readonly<Record<string, string>> | undefined): string[] {
  return Object.keys(row ?? {}).filter((key) => /^(network|training)\./.test(key));
}
