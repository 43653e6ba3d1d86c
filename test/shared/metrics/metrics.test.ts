import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curveQuantity } from '../../../src-shared/charts/kinds/curves/data.ts';
import {
  epochPointSchema,
  runMetricsOf,
  stepPointSchema,
} from '../../../src-shared/metrics/measured-values.ts';
import { namesOf, type PointMetric, type RunMetricDescription } from '../../../src-shared/metrics/metric.ts';
import {
  CURVE_METRICS,
  curveMetrics,
  EPOCH_METRICS,
  isOfSteps,
  RUN_METRICS,
  runMetrics,
  STEP_METRICS,
} from '../../../src-shared/metrics/metrics.ts';
import { requireColumn, resolveColumn } from '../../../src-shared/runs/resolve-column.ts';

test('no metric of steps is called as one of epochs, nor two things by one alias', () => {
  assert.equal(curveMetrics.length, namesOf(STEP_METRICS).length + namesOf(EPOCH_METRICS).length);
  for (const name of runMetrics) {
    const { aliases = [] }: RunMetricDescription = RUN_METRICS[name];
    for (const alias of aliases) assert.equal(resolveColumn(alias)?.key, name, alias);
  }
});

test('every figure of a run is a column, judged on the validation part where it is a result on the test part', () => {
  for (const name of runMetrics) {
    const metric: RunMetricDescription = RUN_METRICS[name];
    const { title, kind, better, judge } = requireColumn(name);
    assert.deepEqual([title, kind, better], [metric.title, metric.kind, metric.better]);
    const isResult = metric.part === 'test' && metric.better !== null;
    assert.equal(judge !== undefined, isResult, name);
    if (judge !== undefined) assert.match(requireColumn(judge).title, /validation/);
  }
});

test('a metric of points has the columns, the quantity and the schema of its entry', () => {
  for (const name of curveMetrics) {
    const { title, better, kind, isSummarized, part }: PointMetric = CURVE_METRICS[name];
    const found = ['best', 'last', 'min', 'max'].map((of) => resolveColumn(`${of}.${name}`));
    assert.deepEqual(
      found.map((column) => column?.title ?? null),
      isSummarized
        ? [better === null ? null : `best ${title}`, `last ${title}`, `min ${title}`, `max ${title}`]
        : [null, null, null, null],
    );
    const quantity = curveQuantity(name);
    assert.deepEqual([quantity.title, quantity.kind, quantity.better], [title, kind, better]);
    const { shape } = isOfSteps(name) ? stepPointSchema : epochPointSchema;
    const schema = Object.entries(shape).find(([field]) => field === name)?.[1];
    assert.equal(schema?.safeParse(null).success, part === 'validation', name);
    assert.equal(schema?.safeParse(0.5).success, true, name);
  }
});

test('figures that are no numbers are null', () => {
  const figures = runMetricsOf((name) => (name === 'testLoss' ? 0.5 : 'text'));
  assert.deepEqual(Object.keys(figures), runMetrics);
  assert.deepEqual([figures.testLoss, figures.testAccuracy], [0.5, null]);
});
