import assert from 'node:assert/strict';
import { test } from 'node:test';
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
