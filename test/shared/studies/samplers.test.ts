import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { halton, radicalInverse } from '../../../src-shared/studies/samplers/halton.ts';
import { random } from '../../../src-shared/studies/samplers/random.ts';
import { drawnSamplers, samplers, USUAL_SAMPLER } from '../../../src-shared/studies/samplers/registry.ts';
import { formatStudy } from '../../../src-shared/studies/format-study.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { testSampler } from './sampler-suite.ts';

for (const sampler of samplers) testSampler(sampler);

test('a file names the way to draw, which is random if it does not', () => {
  const head = `study: a\ndataset: shapes\nnetwork: { family: squeezenet }\nvary: { network.sr: [0.1, 0.2, 0.3, 0.4] }\n`;
  const usual = parseStudy(`${head}sample: { cells: 3, seed: 5 }\n`, 'a.yaml');
  for (const { name } of drawnSamplers) {
    const named = parseStudy(`${head}sample: { cells: 3, seed: 5, method: ${name} }\n`, 'a.yaml');
    assert.equal(named.cells.length, 3);
    assert.deepEqual(parseStudy(formatStudy(named.definition), 'a.yaml'), named);
    if (name === USUAL_SAMPLER) assert.deepEqual(named.cells, usual.cells);
  }
  assert.throws(
    () => parseStudy(`${head}sample: { cells: 3, method: grid }\n`, 'a.yaml'),
    /line 5: sample.method: "grid"/,
  );
});

test("a Halton sequence's points are those of SciPy, to 1e-15", () => {
  const file = path.join(import.meta.dirname, '../../fixtures/halton.json');
  const { points } = JSON.parse(fs.readFileSync(file, 'utf8')) as { points: number[][] };
  for (const [index, point] of points.entries())
    for (const [axis, base] of [2, 3, 5, 7].entries())
      assert.ok(Math.abs(radicalInverse(index + 1, base) - (point[axis] ?? NaN)) < 1e-15);
});

test('a Halton sequence covers pairs of values more evenly than a random sample of the same size', () => {
  const values = Array.from({ length: 8 }, (_, value) => value);
  const vary = { a: values, b: values, c: values };
  const unevenness = (sampler: typeof halton, seed: number): number => {
    const cells = sampler.begin({ vary, listed: [], cells: 128, seed }).ask();
    const counts = [...Map.groupBy(cells, ({ a, b }) => `${String(a)} ${String(b)}`).values()].map(
      ({ length }) => length,
    );
    // 2 of each of the 64 pairs is even; a pair that is missing counts, too
    return counts.reduce((sum, count) => sum + (count - 2) ** 2, 4 * (64 - counts.length));
  };
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const sum = (sampler: typeof halton): number =>
    seeds.reduce((total, seed) => total + unevenness(sampler, seed), 0);
  assert.ok(sum(halton) < 0.75 * sum(random), `${sum(halton)}, ${sum(random)}`);
});
