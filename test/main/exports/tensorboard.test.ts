import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exportTensorBoard } from '../../../src-main/exports/tensorboard/export-tensorboard.ts';
import { histogramValue } from '../../../src-main/exports/tensorboard/histogram-value.ts';
import { startValue, textValue } from '../../../src-main/exports/tensorboard/configuration-values.ts';
import { encodeEvent, type Event } from '../../../src-main/event-files/event-schema.ts';
import { frameRecord } from '../../../src-main/event-files/frame-record.ts';
import { runEvents } from '../../../src-main/exports/tensorboard/run-events.ts';
import { openExportedStore } from './exported-study.ts';
import { readEventFile, type ReadEvent } from './read-event-file.ts';

const { store, runs, close } = openExportedStore();
after(close);

test('records are to the byte those that TensorBoard writes', () => {
  const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/tensorboard.tfevents'));
  const begin = 1763884800.25;
  const run = { ...store.run(runs.complete), study: 'sample', cell: 'abc', factors: { 'network.sr': 0.125 } };
  const events: Event[] = [
    { wall_time: begin, file_version: 'brain.Event:2' },
    {
      wall_time: 1763884801.5,
      step: 1,
      summary: {
        value: [
          { tag: 'step/loss', simple_value: 2.302585 },
          { tag: 'step/accuracy', simple_value: 0 },
        ],
      },
    },
    {
      wall_time: 1763884900.125,
      step: 3_000_000_000,
      summary: { value: [{ tag: 'epoch/größe', simple_value: -1e-40 }] },
    },
    { wall_time: begin, summary: { value: [startValue(run, begin)] } },
    { wall_time: begin, summary: { value: [textValue('configuration', '½')] } },
  ];
  const written = events.map((event) => Buffer.from(frameRecord(encodeEvent(event))));
  assert.deepEqual(Buffer.concat(written), fixture);
});

test('each run that has begun has a folder with one file, whose name does not change', () => {
  const names = () => [...exportTensorBoard(store, Object.values(runs))].map(({ fileName }) => fileName);
  const seconds = (id: string) => Math.floor(Date.parse(store.run(id).startedAt ?? '') / 1000);
  assert.deepEqual(names(), [
    `sample/sr=0.25,seed=0,${runs.complete}/events.out.tfevents.${seconds(runs.complete)}.kindling`,
    `sample/sr=0.25,seed=1,${runs.failed}/events.out.tfevents.${seconds(runs.failed)}.kindling`,
  ]);
});

test('an event file holds every number of the store, as float32', () => {
  const series = store.series(runs.complete);
  const events = eventsOf(runs.complete);
  assert.equal(events[0]?.fileVersion, 'brain.Event:2');
  const read = (tag: string) =>
    events.flatMap(({ step, scalars }) => (scalars.has(tag) ? [[step, scalars.get(tag)]] : []));
  for (const metric of ['loss', 'accuracy', 'learningRate', 'imagesPerSecond'] as const) {
    assert.deepEqual(
      read(`step/${metric}`),
      series.steps.map(({ step, [metric]: value }) => [step, Math.fround(value ?? NaN)]),
    );
  }
  for (const metric of ['trainingLoss', 'validationAccuracy', 'validationTop5', 'seconds'] as const) {
    assert.deepEqual(
      read(`epoch/${metric}`),
      series.epochs.flatMap(({ step, [metric]: value }) =>
        value === null ? [] : [[step, Math.fround(value)]],
      ),
    );
  }
  assert.equal(read('epoch/validationLoss').length, 1);
  assert.deepEqual(read('result/testAccuracy'), [[20, Math.fround(0.1 + 0.2)]]);
  const { testMacroF1 } = store.run(runs.complete).metrics;
  assert.deepEqual(read('result/testMacroF1'), [[20, Math.fround(testMacroF1 ?? NaN)]]);
  const text = events.find(({ plugins }) => plugins.has('configuration'))?.plugins.get('configuration')?.text;
  const told = JSON.parse(text ?? '') as Record<string, unknown>;
  assert.deepEqual(told['provenance'], store.provenance(runs.complete));
  assert.deepEqual(told['factors'], { 'network.sr': 0.25 });
  assert.equal((told['training'] as { epochs: number }).epochs, 2);
});

test('histograms are values of their plugin at their steps, with all counts', () => {
  const events = eventsOf(runs.complete);
  const at = events.flatMap(({ step, plugins }) =>
    plugins.get('activations/conv1')?.plugin === 'histograms' ? [step] : [],
  );
  assert.deepEqual(at, [1, 13]);
  const [, last] = store.histograms(runs.complete);
  const [weights] = last?.layers ?? [];
  assert.ok(weights);
  const { tensor } = histogramValue(weights);
  const numbers = tensor?.double_val ?? [];
  assert.deepEqual(tensor?.tensor_shape?.dim, [{ size: numbers.length / 3 }, { size: 3 }]);
  // 0, 1/8, …, 12/8: zero alone, then bins that hold one value each and end with the largest
  assert.deepEqual(numbers.slice(0, 6), [0, 0, 1, 0.125, 0.140625, 1]);
  assert.deepEqual(numbers.slice(-3), [1.5, 1.5, 1]);
  const counts = numbers.filter((_, place) => place % 3 === 2);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    13,
  );
});

test('wall times rise from the start of a run to its end and tell the measured seconds', () => {
  const [row] = store.runTable([runs.complete]).runs;
  assert.ok(row);
  // Given to a trainer at 0 s, which measured 12.5 s up to the end at 20 s; epochs end 0.1 and 0.2 s after its start.
  const run = { ...row, endedAt: '2026-01-01T00:00:20.000Z', seconds: 12.5 };
  const begin = Date.parse('2026-01-01T00:00:00.000Z');
  const source = { run, cell: null, provenance: null, series: store.series(run.id), histograms: [] };
  const times = runEvents(source, begin).map(({ wall_time: time }) => time - begin / 1000);
  const expected = [
    ...[0, 0, 7.51, 7.52, 7.53, 7.54, 7.55, 7.56, 7.57, 7.58, 7.59, 7.6, 7.6],
    ...[7.61, 7.62, 7.63, 7.64, 7.65, 7.66, 7.67, 7.68, 7.69, 7.7, 7.7, 20, 20],
  ];
  assert.deepEqual(
    times.map((time) => Number(time.toFixed(4))),
    expected,
  );
});

test('a run that failed has the points that it reached and says that it failed', () => {
  const events = eventsOf(runs.failed);
  assert.equal(events.filter(({ scalars }) => scalars.has('step/loss')).length, 13);
  assert.equal(events.filter(({ scalars }) => scalars.has('result/testAccuracy')).length, 0);
  const end = events.at(-1)?.plugins.get('_hparams_/session_end_info');
  // HParamsPluginData field 4, SessionEndInfo field 1: STATUS_FAILURE
  assert.deepEqual([end?.content[0], end?.content[2], end?.content[3]], [0x22, 0x08, 2]);
});

function eventsOf(id: string): ReadEvent[] {
  return [...exportTensorBoard(store, [id])].flatMap(({ bytes }) => readEventFile(bytes));
}
