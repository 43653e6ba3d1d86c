import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartOption } from '../../../src-shared/charts/chart-style.ts';
import { shapeSeries } from '../../../src-shared/charts/marks.ts';
import { runMarks, runsOfMark, withSelected } from '../../../src-shared/charts/selected-marks.ts';

const shape = (): ChartOption => ({
  type: 'group',
  children: [{ type: 'circle', style: { fill: 'red', opacity: 0.4 } }, null, { type: 'text', style: {} }],
});
const option: ChartOption = {
  xAxis: {},
  series: [
    shapeSeries(
      [
        { value: [1, 2], runs: ['a', 'b'] },
        { value: [3, 4], cell: { runs: ['c'] } },
        { value: [5, 6], cell: null },
      ],
      shape,
    ),
    shapeSeries([{ value: [0, 0], runs: ['a'] }], shape, { silent: true }),
    { type: 'line', runs: ['c'], data: new Float64Array([0, 1]), lineStyle: { width: 2 } },
    { type: 'parallel', data: [{ value: [1], runs: ['a'], lineStyle: { opacity: 0.7 } }] },
  ],
};

interface Drawn {
  readonly renderItem: (params: { dataIndex: number }) => {
    readonly children: readonly ({ readonly style: { readonly opacity?: number } } | null)[];
  };
  readonly lineStyle: ChartOption;
  readonly data: readonly ChartOption[];
}

test('runs are those of a mark or of its cell', () => {
  assert.deepEqual(runsOfMark({ runs: ['a'] }), ['a']);
  assert.deepEqual(runsOfMark({ cell: { runs: ['b'] }, marginal: null }), ['b']);
  for (const none of [null, undefined, 3, {}, { cell: null }]) assert.deepEqual(runsOfMark(none), []);
});

test('marks that stand for runs can be chosen; what only decorates cannot', () => {
  assert.deepEqual(
    runMarks(option).map(({ series, place, runs }) => [series, place, runs]),
    [
      [0, 0, ['a', 'b']],
      [0, 1, ['c']],
      [2, null, ['c']],
    ],
  );
});

test('what has no selected run is faint, in every kind of series, and the rest is as it was', () => {
  const series = withSelected(option, (run) => run === 'b')['series'] as readonly Drawn[];
  const opacities = (place: number, dataIndex: number) =>
    series[place]?.renderItem({ dataIndex }).children.map((child) => child?.style.opacity);
  assert.deepEqual(opacities(0, 0), [0.4, undefined, undefined]);
  assert.deepEqual(opacities(0, 1), [0.1, undefined, 0.25]);
  assert.deepEqual(opacities(0, 2), [0.4, undefined, undefined]);
  assert.deepEqual(opacities(1, 0), [0.1, undefined, 0.25]);
  assert.deepEqual(series[2]?.lineStyle, { width: 2, opacity: 0.25 });
  assert.deepEqual(series[3]?.data[0]?.['lineStyle'], { opacity: 0.25 * 0.7 });
  assert.equal(option['xAxis'], withSelected(option, () => true)['xAxis']);
});
