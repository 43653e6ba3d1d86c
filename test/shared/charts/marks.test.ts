import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as echarts from 'echarts';
import { shapeSeries, symbolMark } from '../../../src-shared/charts/marks.ts';

test('what a mark tells a tooltip is not copied by ECharts', () => {
  let reads = 0;
  const point = {
    get runs(): readonly string[] {
      reads += 1;
      return [];
    },
  };
  const drawn: number[] = [];
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 200, height: 200 });
  chart.setOption({
    xAxis: { type: 'value' },
    yAxis: { type: 'value' },
    series: [
      shapeSeries([{ value: [1, 2], point }], (index, { coord }) => {
        drawn.push(index);
        return symbolMark('circle', coord([1, 2]), 3, {});
      }),
    ],
  });
  chart.renderToSVGString();
  assert.deepEqual([...new Set(drawn)], [0]);
  assert.equal(reads, 0);
  chart.dispose();
});
