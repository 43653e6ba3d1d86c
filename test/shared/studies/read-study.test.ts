import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showPlaced } from '../../../src-shared/mistakes/show-mistake.ts';
import { costCells } from '../../../src-shared/studies/cost-cells.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';

const STUDY = `study: small
dataset: shapes
network: { family: squeezenet, stem: small }
vary:
  network.sr: [0.125, 0.5]
  network.pct3x3: [0, 1]
`;
const HEAD = 'study: a\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\n';
const SHAPES = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 1000 } as const;

const placesOf = (text: string) => {
  const reading = readStudy(text);
  assert(!reading.ok, text);
  return reading.mistakes.map(({ path, value, line }) => ({ path, value, line }));
};

test('a study without mistakes is read with its cells', () => {
  const reading = readStudy(STUDY);
  assert.ok(reading.ok);
  const { definition, cells } = reading.study;
  assert.equal(definition.name, 'small');
  assert.deepEqual(
    cells.map(({ factors }) => Object.values(factors)),
    [
      [0.125, 0],
      [0.125, 1],
      [0.5, 0],
      [0.5, 1],
    ],
  );
});

test('each mistake has the path of what it is about, its value and its line', () => {
  assert.deepEqual(placesOf(`${STUDY}training: { batch: -1 }\n`), [
    { path: ['training', 'batch'], value: -1, line: 7 },
  ]);
  assert.deepEqual(placesOf(STUDY.replace('[0, 1]', '[0, 1.5]')), [
    { path: ['vary', 'network.pct3x3', 1], value: 1.5, line: 6 },
  ]);
  const dotted = `${HEAD.replace(/network: .*/, 'network:\n  family: squeezenet\n  sr: 0.5\n  sr.2: 0.25')}training:\n  momentum: 0.9\n  momentum.x: 1\n`;
  assert.deepEqual(placesOf(dotted), [
    { path: ['network', 'sr.2'], value: 0.25, line: 6 },
    { path: ['training', 'momentum.x'], value: 1, line: 9 },
  ]);
  const deep = `${HEAD}vary:\n  training.augment:\n    - []\n    - [crop,\n       flop]\n`;
  assert.deepEqual(placesOf(deep), [{ path: ['vary', 'training.augment', 1, 1], value: 'flop', line: 8 }]);
});

test('a mistake of some cells stands at the value that brings it', () => {
  const families = `${HEAD.replace(', stem: small', '')}vary:\n  network.family: [squeezenet, mobilenet-v1]\n  network.sr: [0.5, 1]\n  training.epochs: [1, 2]\n`;
  assert.deepEqual(placesOf(families), [
    { path: ['vary', 'network.sr', 0], value: 0.5, line: 6 },
    { path: ['vary', 'network.sr', 1], value: 1, line: 6 },
  ]);
  const reading = readStudy(families);
  assert(!reading.ok);
  assert.match(
    showPlaced(reading.mistakes[0] ?? assert.fail()),
    /^line 6: vary\.network\.sr\[0\]: in 2 cells, such as \{ network\.family: "mobilenet-v1", network\.sr: 0\.5, training\.epochs: 1 \}: mobilenet-v1 has no field/,
  );
  const listed = `${HEAD}cells:\n  - { network.sr: 0.5 }\n  - { network.sr: 0.25, training.schedule: one-cycle, training.warmup: 1 }\n  - { network.freq: 2, network.sr: 0.5 }\n`;
  assert.deepEqual(placesOf(listed), [{ path: ['cells', 1, 'training.warmup'], value: 1, line: 6 }]);
  const same = listed.replace(', training.schedule: one-cycle, training.warmup: 1', '');
  assert.deepEqual(
    placesOf(same).map(({ path, line }) => [path, line]),
    [[['cells', 2], 7]],
  );
});

test('what the data set does not fit is told at its place in the file', () => {
  const text = `${HEAD}vary:\n  training.batch: [10, 901]\n  network.stem: [small,\n    imagenet]\n`;
  const reading = readStudy(text);
  assert(reading.ok);
  const { definition, cells } = reading.study;
  const told = (shape: readonly [number, number, number]) => {
    const costed = costCells(definition, cells, { ...SHAPES, shape });
    assert(!costed.ok);
    return reading.place(costed.mistakes).map(({ path, line }) => [path, line]);
  };
  assert.deepEqual(told([32, 32, 3]), [[['vary', 'training.batch', 1], 5]]);
  assert.deepEqual(told([8, 8, 3]), [
    [['network'], 3],
    [['vary', 'training.batch', 1], 5],
  ]);
});

test('text that is no YAML, or no study at all, is a mistake of the whole', () => {
  const lines = { 'study: [': 1, 'just words': null, '': null } as const;
  for (const [text, line] of Object.entries(lines))
    assert.deepEqual(placesOf(text).map((mistake) => [mistake.path, mistake.line])[0], [[], line]);
});
