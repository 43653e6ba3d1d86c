import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Curve } from '../../../src-shared/contract/api/runs.ts';
import { curvesData, type CurveSettings } from '../../../src-shared/charts/curves/data.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { sampleRuns } from './sample-runs.ts';

const { index } = sampleRuns('network.sr: [0.25, 1]', 3);
const curves = index.rows.map((run, place): Curve => ({
  run: run.id,
  steps: [10, 20, 30, 40],
  values: [2 + place, 1.5, place === 5 ? null : 1.2, 1],
  stepsPerEpoch: 20,
  seconds: [1, 2, 3, 4],
  startedAt: 1000 * place,
}));
const settings: CurveSettings = { metric: 'loss', x: 'epoch', smoothing: 0, groupBy: null, members: false };

test('one line a run holds every point, by epoch, step and time', () => {
  const data = curvesData(index, curves, settings);
  assert.equal(data.lines.length, 6);
  assert.deepEqual(data.lines[5]?.x, [0.5, 1, 1.5, 2]);
  assert.deepEqual(data.lines[5]?.y, [7, 1.5, null, 1]);
  assert.equal(data.lines[5]?.label, 'SR = 1, seed 2');
  assert.deepEqual(
    curvesData(index, curves, { ...settings, x: 'wall time' }).lines[1]?.x,
    [2000, 3000, 4000, 5000],
  );
});

test('a group has mean, t interval and members; smoothing keeps the raw line', () => {
  const data = curvesData(index, curves, { ...settings, groupBy: ['cell'], members: true, smoothing: 0.5 });
  const [first, second] = data.lines;
  assert.deepEqual([first?.label, second?.label], ['SR = 0.25', 'SR = 1']);
  const { mean, low, high } = tInterval([2, 3, 4]);
  assert.deepEqual(
    [first?.y[0], first?.band?.low[0], first?.band?.high[0]].map(rounded),
    [mean, low, high].map(rounded),
  );
  assert.equal(first?.members.length, 3);
  assert.equal(rounded(first?.raw?.y[1]), 1.5);
  // Smoothed and debiased: (0.25 * 3 + 0.5 * 1.5) / 0.75 for the mean of 2, 3 and 4.
  assert.equal(rounded(first?.y[1]), 2);
  assert.equal(second?.band?.low.length, 4);
});

test('a mean over wall times is not made', () => {
  const data = curvesData(index, curves, { ...settings, x: 'wall time', groupBy: ['cell'] });
  assert.equal(data.lines.length, 6);
});

function rounded(value: number | null | undefined): number | null {
  return typeof value === 'number' ? Number(value.toFixed(9)) : null;
}
