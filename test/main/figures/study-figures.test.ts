import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { studyFigures } from '../../../src-main/figures/study-figures.ts';
import { studyTable } from '../../../src-main/cli/study/study-table.ts';
import { sampleRuns, TWO_FACTORS, type SampleRuns } from '../../shared/charts/sample-runs.ts';

const STUDY = { name: 'sample', dataset: 'shapes' };

async function filesOf(sample: SampleRuns): Promise<string[]> {
  return (await studyFigures(sample, STUDY)).map(({ file, svg }) => {
    assert.doesNotMatch(svg, /NaN|undefined/, file);
    return file;
  });
}

test('two settings give a map, one a chart by it, none the costs alone', async () => {
  assert.deepEqual(await filesOf(sampleRuns(TWO_FACTORS, 3)), ['heat-map.svg', 'accuracy-parameters.svg']);
  assert.deepEqual(await filesOf(sampleRuns('network.sr: [0.25, 1]', 1)), [
    'factor.svg',
    'accuracy-parameters.svg',
  ]);
  assert.deepEqual(await filesOf(sampleRuns('network.sr: [0.25]', 2)), ['accuracy-parameters.svg']);
});

test('too many values for a map give a chart by the first setting', async () => {
  const values = Array.from({ length: 21 }, (_, place) => (place + 1) / 21).join(', ');
  const sample = sampleRuns(`network.sr: [${values}]\n  network.pct3x3: [0, 1]`, 1);
  assert.deepEqual(await filesOf(sample), ['factor.svg', 'accuracy-parameters.svg']);
});

test('accuracy against parameters shows every run', async () => {
  const sample = sampleRuns(TWO_FACTORS, 3);
  const svg = (await studyFigures(sample, STUDY)).at(-1)?.svg ?? '';
  // Runs are the faint circles: 0.16 of the font size of 9, with one decimal.
  assert.equal([...svg.matchAll(/<circle [^>]*r="1\.4"/g)].length, 36);
  assert.ok(svg.includes('Test accuracy against parameters (sample, shapes)'));
});

test('the table has one line per cell with mean, interval, n and costs, and no colours', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 3, (run, { cell }) => (cell === 0 ? null : run));
  const text = studyTable(measureCells(index, rows, cells, 'testAccuracy'));
  const lines = text.split('\n');
  assert.equal(lines.length, 13);
  assert.match(lines[0] ?? '', /SR +3×3 +test accuracy \(%\) +95 % t interval +n +parameters +MACs$/);
  assert.match(lines[1] ?? '', /^0\.125 +0 +no runs +– +0 +[\d,]+ +[\d.]+ M$/);
  assert.match(lines[2] ?? '', /^0\.125 +0\.5 +\d+\.\d ± \d+\.\d +\d+\.\d to \d+\.\d +3 /);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(text, /\u001b/);
});
