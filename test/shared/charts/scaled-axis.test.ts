import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { factorData, type FactorData } from '../../../src-shared/charts/kinds/factor/data.ts';
import { withScale } from '../../../src-shared/charts/kinds/factor/scaled-axis.ts';
import { sampleRuns } from './sample-runs.ts';

function dataOf(vary: string, x: string): FactorData {
  return factorData(sourceOfRuns(sampleRuns(vary, 2)).cells('testAccuracy'), { x, line: null });
}

test('values of a setting stand at the distances of the chosen scale, and points with them', () => {
  const data = dataOf('network.sr: [0.125, 0.25, 0.5, 1]', 'network.sr');
  const placesIn = (scale: 'linear' | 'log') => withScale(data, { xAxis: { scale } });
  const gaps = ({ x }: FactorData): number[] =>
    x.places.slice(1).map(({ at }, index) => at - (x.places[index]?.at ?? NaN));
  assert.deepEqual(gaps(placesIn('linear')), [0.125, 0.25, 0.5]);
  for (const gap of gaps(placesIn('log'))) assert.ok(Math.abs(gap - Math.log10(2)) < 1e-12);
  for (const scale of ['linear', 'log'] as const) {
    const { x, lines } = placesIn(scale);
    assert.deepEqual(
      lines[0]?.points.map(({ at }) => at),
      x.places.map(({ at }) => at),
    );
    assert.deepEqual(
      x.places.map(({ label }) => label),
      ['0.125', '0.25', '0.5', '1'],
    );
  }
  assert.equal(withScale(data, {}), data);
});

test('a setting that has no such scale says which value is why', () => {
  const whyOf = (vary: string, x: string): string | undefined =>
    withScale(dataOf(vary, x), { xAxis: { scale: 'log' } }).x.whyUnscaled;
  assert.match(
    whyOf('network.pct3x3: [0, 0.5, 1]', 'network.pct3x3') ?? '',
    /cannot be logarithmic: 0 is a value of .*\.$/,
  );
  assert.match(
    whyOf('network.bypass: [none, simple]', 'network.bypass') ?? '',
    /: none, a value of .*, is no number\.$/,
  );
  assert.equal(whyOf('training.learningRate: [0.001, 0.01, 0.1]', 'training.learningRate'), undefined);
});
