import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { type Figure, studyFigures } from '../../../src-main/figures/study-figures.ts';
import type { StudySummary } from '../../../src-main/figures/study-summary.ts';
import { exampleStudy, twoFactors, withoutRuns } from './example-study.ts';

function figure(summary: StudySummary, file: string): string {
  const figures = studyFigures(summary);
  const found = figures.find((candidate: Figure) => candidate.file === file);
  assert.ok(found, `${file} is not among ${figures.map((candidate) => candidate.file).join(', ')}`);
  return found.svg;
}

/** All texts of an SVG, entities resolved. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}

/** Closed rectangles of a heat map's cell: 78.5 wide, as no other shape is. */
function cellCount(svg: string): number {
  return [...svg.matchAll(/<path d="M[\d.]+ [\d.]+l(78\.5|77) 0l0 [\d.]+l-(78\.5|77) 0Z"/g)].length;
}

test('a heat map has one rectangle per cell, with mean, half width and n in it', () => {
  const summary = exampleStudy(twoFactors, 3);
  const svg = figure(summary, 'heat-map.svg');
  const texts = textsOf(svg);
  assert.equal(cellCount(svg), 12);
  for (const cell of summary.cells) assert.ok(texts.includes((100 * (cell.mean ?? 0)).toFixed(1)), cell.id);
  // Three seeds 0.01 apart: s = 0.01, so t(0.975, 2) * s / sqrt(3) = 2.48 %.
  assert.equal(texts.filter((text) => text === '± 2.5').length, 12);
  assert.equal(texts.filter((text) => text === 'n = 3').length, 12);
  for (const expected of [
    'Test accuracy by squeeze ratio and 3×3 share',
    'example <study> & more, shapes',
    'squeeze ratio (SR)',
    'share of 3×3 filters (pct3x3)',
    'test accuracy (%)',
  ]) {
    assert.ok(texts.includes(expected), expected);
  }
});

test('the values of an axis stand in order', () => {
  const texts = textsOf(figure(exampleStudy(twoFactors, 2), 'heat-map.svg'));
  const places = ['0.125', '0.5', '1'].map((value) => texts.lastIndexOf(value));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('cells without runs and cells that the study lacks are marked as such', () => {
  const summary = exampleStudy(twoFactors, 3, (cell) => (cell.id === 'cell-4' ? withoutRuns(cell) : cell));
  const svg = figure({ ...summary, cells: summary.cells.slice(0, -1) }, 'heat-map.svg');
  const texts = textsOf(svg);
  assert.equal(cellCount(svg), 12);
  assert.equal(texts.filter((text) => text === 'no runs').length, 1);
  assert.equal(texts.filter((text) => text === 'not in').length, 1);
  assert.ok(texts.some((text) => text.includes('1 of 11 cells without runs')));
});

test('one run gives a mean without an interval', () => {
  const texts = textsOf(figure(exampleStudy(twoFactors, 1), 'heat-map.svg'));
  assert.equal(texts.filter((text) => text === 'no interval').length, 12);
  assert.ok(!texts.some((text) => text.startsWith('±')));
});

test('a single run is drawn whatever its accuracy', () => {
  for (let accuracy = 0; accuracy <= 1; accuracy += 0.0173) {
    const alone = exampleStudy(twoFactors, 1, (cell) =>
      cell.id === 'cell-0' ? { ...cell, mean: accuracy, values: [accuracy] } : withoutRuns(cell),
    );
    assert.ok(figure(alone, 'accuracy-parameters.svg').includes('n = 1 run per cell'), String(accuracy));
  }
});

test('a third factor gives one panel for each of its values', () => {
  const grid = { ...twoFactors, 'network.bypass': ['none', 'simple'] };
  const svg = figure(exampleStudy(grid, 2), 'heat-map.svg');
  const texts = textsOf(svg);
  assert.equal(cellCount(svg), 24);
  assert.ok(texts.includes('bypass = none') && texts.includes('bypass = simple'));
});

test('one factor gives points with intervals, and so do too many values for a map', () => {
  const one = textsOf(figure(exampleStudy({ 'network.sr': [0.125, 0.5, 1] }, 4), 'factor.svg'));
  assert.ok(one.includes('Test accuracy by squeeze ratio'));
  for (const tick of ['0.125', '0.5', '1']) assert.ok(one.includes(tick), tick);
  const many = {
    'network.sr': Array.from({ length: 20 }, (_, index) => (index + 1) / 20),
    'network.pct3x3': [0, 1],
  };
  const texts = textsOf(figure(exampleStudy(many, 2), 'factor.svg'));
  assert.ok(texts.some((text) => text.includes('also varied: 3×3 share')));
});

test('accuracy against parameters shows every run, every interval and the front', () => {
  const summary = exampleStudy(twoFactors, 3);
  const svg = figure(summary, 'accuracy-parameters.svg');
  const texts = textsOf(svg);
  assert.ok(texts.includes('parameters (logarithmic)'));
  assert.ok(texts.includes('Pareto front') && texts.includes('100 k'));
  assert.ok(texts.includes('mean and 95 % t interval, n = 3 runs per cell'));
  // Runs are the circles of radius 2: 12 cells of 3, and one in the legend.
  assert.equal([...svg.matchAll(/<circle [^>]*r="2"/g)].length, 12 * 3 + 1);
});

test('marks stand where their values are', () => {
  const svg = figure(exampleStudy({ 'network.sr': [0.25, 1] }, 1), 'accuracy-parameters.svg');
  const marks = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="5"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  const [first, second] = marks;
  assert.ok(first && second);
  // 0.50 at 20 k and 0.52 at 40 k; the axes run from 50 to 52 % over 340 px and log10 over 460 px with 7 % margins.
  assert.ok(Math.abs((first[1] ?? 0) - (80 + 340)) < 0.5, `${first}`);
  assert.ok(Math.abs((second[1] ?? 0) - 80) < 0.5, `${second}`);
  const span = Math.log10(2);
  const margin = Math.max(0.04, 0.07 * span);
  const expected = 70 + (460 * margin) / (span + 2 * margin);
  assert.ok(Math.abs((first[0] ?? 0) - expected) < 0.5, `${first[0]} for ${expected}`);
});

test('every figure is well-formed XML that librsvg draws, without what only a browser reads', async () => {
  const studies = [
    exampleStudy(twoFactors, 3),
    exampleStudy({ 'network.bypass': ['none', 'simple'] }, 2),
    exampleStudy(twoFactors, 2, withoutRuns),
    exampleStudy({}, 1),
  ];
  for (const { file, svg } of studies.flatMap(studyFigures)) {
    assert.doesNotMatch(svg, /dominant-baseline|ecmeta|<style|NaN|undefined/, file);
    const { dominant, isOpaque } = await sharp(Buffer.from(svg)).stats();
    assert.ok(isOpaque && dominant.r > 200, file);
  }
});
