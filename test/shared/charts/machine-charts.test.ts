import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineCharts } from '../../../src-shared/charts/machine-charts.ts';
import type { MachineSample } from '../../../src-shared/machine/machine-sample.ts';
import { CARD, sampleAt, TRAINER } from '../../fixtures/machine-samples.ts';

/** The rows of the chart with this title: line, minutes, value. */
function rowsOf(samples: readonly MachineSample[], title: string, run: string | null = null): unknown[][] {
  const found = machineCharts(samples, run).charts.find((chart) => chart.title === title);
  return (found ?? assert.fail(title)).chart.table().rows.map(([line, , at, value]) => [line, at, value]);
}

test('there is a chart for each quantity that was measured, with the machine and each trainer', () => {
  const samples = [sampleAt(2), sampleAt(4, { trainers: [TRAINER, { ...TRAINER, run: 'b', cores: 0.5 }] })];
  const { charts, notes } = machineCharts(samples, null);
  assert.deepEqual(
    charts.map(({ title, lines }) => [title, lines]),
    [
      ['cores at work', 'trainer 1, trainer 2, the whole machine'],
      ['memory in use', 'trainer 1, trainer 2, the whole machine'],
      ['images per second', 'trainer 1, trainer 2'],
      ['share of time waiting for data', 'trainer 1, trainer 2'],
    ],
  );
  assert.match(notes.join(' '), /^Each point is of 2 s.* No NVIDIA GPU was found/);
  const cores = { 'trainer 1': [1, 1], 'trainer 2': [null, 0.5], 'the whole machine': [2, 2] };
  assert.deepEqual(
    rowsOf(samples, 'cores at work'),
    Object.entries(cores).flatMap(([line, [first, last]]) => [
      [line, 2, first],
      [line, 4, last],
    ]),
  );
  // of one run its own trainer, wherever it sits
  assert.deepEqual(rowsOf(samples, 'images per second', 'b'), [
    ['the trainer of this run', 2, null],
    ['the trainer of this run', 4, 400],
  ]);
});

test('cards are told apart by their places, and what none of them tells has no chart but a note', () => {
  const shared = { ...CARD, name: 'NVIDIA A100', use: null, celsius: null };
  const { charts, notes } = machineCharts([sampleAt(2, { cards: [shared, shared] })], null);
  const titles = charts.map(({ title }) => title).filter((title) => title.startsWith('GPU'));
  assert.deepEqual(titles, ['GPU memory in use', 'GPU power']);
  assert.equal(charts.at(-1)?.lines, '0: NVIDIA A100, 1: NVIDIA A100');
  assert.match(notes.join(' '), /how busy NVIDIA A100 is, .*MIG/);
  assert.ok(!notes.join(' ').includes('No NVIDIA'));
});

test('a pause takes no room, breaks the lines and is told', () => {
  const samples = [sampleAt(2), sampleAt(4), sampleAt(7204), sampleAt(7206)];
  assert.deepEqual(rowsOf(samples, 'images per second'), [
    ...[
      ['trainer 1', 2, 400],
      ['trainer 1', 4, 400],
      ['trainer 1', 4, null],
    ],
    ...[
      ['trainer 1', 6, 400],
      ['trainer 1', 8, 400],
    ],
  ]);
  assert.match(machineCharts(samples, null).notes.join(' '), /1 pause of 1 h 59 min in all left out/);
});

test('a system that does not tell how busy it is has the rest', () => {
  const { charts, notes } = machineCharts([sampleAt(2, { busyCores: null, trainers: [] })], null);
  assert.deepEqual(
    charts.map(({ title }) => title),
    ['memory in use'],
  );
  assert.match(notes.join(' '), /does not tell how busy its cores are/);
});
