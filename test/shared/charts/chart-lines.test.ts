import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartLines, isolated, withoutLines } from '../../../src-shared/charts/chart-lines.ts';
import type { ChartOption } from '../../../src-shared/charts/chart-style.ts';

const option: ChartOption = {
  series: [
    { type: 'custom', line: 'a', silent: true, data: [1] },
    { type: 'line', line: 'a', name: 'A', data: [1, 2], lineStyle: { color: 'red' } },
    { type: 'line', line: 'b', name: 'B', data: [3], lineStyle: { color: 'blue', width: 2, type: [6, 2] } },
    { type: 'line', data: [4] },
  ],
};
const lines = chartLines(option);

test('lines are those that can be pointed at, once each', () => {
  assert.deepEqual(lines, [
    { key: 'a', label: 'A', colour: 'red', dash: [] },
    { key: 'b', label: 'B', colour: 'blue', dash: [3, 1] },
  ]);
});

test('with a line goes what belongs to it, and every series keeps its place', () => {
  const shown = withoutLines(option, new Set(['a']))['series'] as readonly { readonly data: unknown }[];
  assert.deepEqual(
    shown.map(({ data }) => data),
    [[], [], [3], [4]],
  );
});

test('of shapes of several lines those of the hidden ones are not drawn', () => {
  const data = [{ line: 'a' }, { line: 'b' }, {}];
  const shapes = { type: 'custom', data, renderItem: () => ({ type: 'polygon' }) };
  const shown = withoutLines({ series: [shapes] }, new Set(['a']))['series'] as readonly (typeof shapes & {
    readonly renderItem: (of: { readonly dataIndex: number }) => unknown;
  })[];
  assert.deepEqual(
    data.map((_, dataIndex) => shown[0]?.renderItem({ dataIndex })),
    [null, { type: 'polygon' }, { type: 'polygon' }],
  );
});

test('isolating a line twice shows all again', () => {
  const alone = isolated(lines, 'a', new Set());
  assert.deepEqual(alone, new Set(['b']));
  assert.deepEqual(isolated(lines, 'a', alone), new Set());
  assert.deepEqual(isolated(lines, 'b', alone), new Set(['a']));
});
