import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importedChart, RUN_CHARTS, runCurves } from '../../../../src-renderer/pages/run/run-curves.ts';
import type { AnyCurveMetric } from '../../../../src-shared/metrics/imported-metric.ts';
import type { Curve } from '../../../../src-shared/runs/curve.ts';
import type { CurveMetric } from '../../../../src-shared/metrics/metrics.ts';
import { indexRuns } from '../../../../src-shared/runs/run-index.ts';

const SETTINGS = { x: 'epoch', smoothing: 0.5 } as const;
const index = indexRuns({ runs: [], cells: [] });
const [loss] = RUN_CHARTS;

function curve(values: readonly (number | null)[]): Curve {
  const steps = values.map((_, place) => place + 1);
  return {
    run: 'a',
    steps,
    values,
    stepsPerEpoch: 2,
    epochs: { steps: [], seconds: [] },
    seconds: 1,
    startedAt: null,
  };
}

test('training, validation and steps share a chart; only the steps are smoothed', () => {
  assert.ok(loss);
  const curves = new Map<CurveMetric, Curve>([
    ['trainingLoss', curve([3, 1])],
    ['validationLoss', curve([null, null])],
    ['loss', curve([4, 2, 1])],
  ]);
  const data = runCurves(index, loss, curves, SETTINGS);
  assert.deepEqual(
    data?.lines.map(({ key, x, raw }) => [key, x, raw?.y ?? null]),
    [
      ['trainingLoss', [0.5, 1], null],
      ['loss', [0.5, 1, 1.5], [4, 2, 1]],
    ],
  );
  assert.deepEqual(data.lines[0]?.y, [3, 1]);
  assert.notDeepEqual(data.lines[1]?.y, [4, 2, 1]);
  assert.equal(data.smoothing, 0.5);
});

test('a run without points has no chart', () => {
  assert.ok(loss);
  assert.equal(runCurves(index, loss, new Map([['loss', curve([])]]), SETTINGS), null);
});

test('what only an imported run has is a chart of its own, not smoothed', () => {
  const curves = new Map<AnyCurveMetric, Curve>([['higher.BLEU', curve([20, 30])]]);
  const data = runCurves(index, importedChart('higher.BLEU'), curves, SETTINGS);
  assert.deepEqual(
    [data?.quantity.axis, data?.smoothing, data?.lines.map(({ label, y }) => [label, y])],
    ['BLEU', 0, [['BLEU', [20, 30]]]],
  );
});
