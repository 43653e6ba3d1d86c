import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { overTrainingData } from '../../../src-shared/charts/kinds/over-training/data.ts';
import { findMeasure } from '../../../src-shared/charts/layers/layer-measure.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { analysisOf, finding, PROBE } from './sample-analyses.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const chosen = findMeasure([PROBE], 'probe/cross-entropy');
const { index, rows, cells } = sampleRuns(TWO_FACTORS, 3);
const all = measureCells(index, rows, cells, 'testAccuracy');
/** One cell with three seeds. */
const table = { ...all, cells: all.cells.slice(0, 1) };
const runs = (table.cells[0]?.measured ?? []).map(({ run, seed }) => ({ run, seed }));
const epochs = new Map(runs.map(({ run }) => [run, 10] as const));

/** What each layer has after an epoch; the seeds differ by a tenth. */
const value = (layer: number, epoch: number, seed: number): number => layer + 1 / (1 + epoch) + seed / 10;

function at(run: string, seed: number, checkpoint: string, layers = 3, images = 2000): Analysis {
  const epoch = checkpoint === 'initial' ? 0 : checkpoint === 'last' ? 10 : Number(checkpoint.slice(6));
  const results = Array.from({ length: layers }, (_, layer) =>
    finding('cross-entropy', `layer${layer}`, value(layer, epoch, seed)),
  );
  return analysisOf(run, results, { images, ...(checkpoint === 'last' ? {} : { checkpoint }) });
}

const COURSE = ['last', 'initial', 'epoch-5'];
const found = runs.flatMap(({ run, seed }) => COURSE.map((checkpoint) => at(run, seed, checkpoint)));

test('each layer has a line over the epochs in their order, with the interval over the seeds', () => {
  const { x, lines } = overTrainingData(table, found, { chosen, roles: null, epochs });
  assert.deepEqual(
    x.places.map(({ label }) => label),
    ['0', '5', '10'],
  );
  assert.deepEqual(
    lines.map(({ label }) => label),
    ['layer0', 'layer1', 'layer2'],
  );
  for (const [layer, { points }] of lines.entries())
    for (const [place, point] of points.entries()) {
      const expected = tInterval(runs.map(({ seed }) => value(layer, [0, 5, 10][place] ?? 0, seed)));
      assert.ok(Math.abs((point.mean ?? NaN) - (expected.mean ?? 0)) < 1e-12);
      assert.ok(Math.abs((point.low ?? NaN) - (expected.low ?? 0)) < 1e-12);
    }
});

test('points are over the same runs: one that lacks an epoch is left out, and told', () => {
  const [lost] = runs;
  const some = found.filter(({ run, settings }) => run !== lost?.run || settings['checkpoint'] !== 'epoch-5');
  const { lines, notes } = overTrainingData(table, some, { chosen, roles: null, epochs });
  assert.deepEqual(
    lines[0]?.points.map(({ seeds }) => seeds),
    [2, 2, 2],
  );
  assert.ok(notes.includes('1 run analysed after other epochs left out'), notes.join('; '));
});

test('runs that were not analysed, or with other settings only, are told', () => {
  const [lost, other, kept] = runs;
  assert.ok(lost && other && kept);
  const some = [...found.filter(({ run }) => run === kept.run), at(other.run, other.seed, 'last', 3, 100)];
  const { notes } = overTrainingData(table, some, { chosen, roles: null, epochs });
  assert.ok(notes.includes('1 run not analysed'), notes.join('; '));
  assert.ok(notes.includes('1 run analysed with other settings left out'), notes.join('; '));
});

test('the best checkpoint has no place of its own, and other settings are not mixed in', () => {
  const others = runs.flatMap(({ run, seed }) => [
    { ...at(run, seed, 'epoch-2'), settings: { images: 2000, checkpoint: 'best' } },
    at(run, seed, 'epoch-3', 3, 100),
  ]);
  const { x } = overTrainingData(table, [...found, ...others], { chosen, roles: null, epochs });
  assert.deepEqual(
    x.places.map(({ label }) => label),
    ['0', '5', '10'],
  );
});

test('of many layers an even sample is drawn, with the first and the last, and that is said', () => {
  const many = runs.flatMap(({ run, seed }) => COURSE.map((checkpoint) => at(run, seed, checkpoint, 40)));
  const { lines, notes } = overTrainingData(table, many, { chosen, roles: null, epochs });
  assert.equal(lines.length, 10);
  assert.deepEqual([lines[0]?.label, lines.at(-1)?.label], ['layer0', 'layer39']);
  assert.ok(notes.includes('10 of 40 layers, evenly over the network'), notes.join('; '));
});

test('without a second epoch it is said how there would be one', () => {
  const last = found.filter(({ settings }) => settings['checkpoint'] === undefined);
  assert.throws(() => overTrainingData(table, last, { chosen, roles: null, epochs }), {
    code: 'usage',
    method: 'probe',
    isOverTraining: true,
    message: /record: \{ checkpoints: 5 \}/,
  });
});
