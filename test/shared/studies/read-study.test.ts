import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStudy } from '../../../src-shared/studies/read-study.ts';

const STUDY = `study: small
dataset: shapes
network: { family: squeezenet, stem: small }
vary:
  network.sr: [0.125, 0.5]
  network.pct3x3: [0, 1]
`;

test('a study without mistakes is read with its cells', () => {
  const reading = readStudy(STUDY);
  assert.ok(reading.ok);
  assert.equal(reading.definition.name, 'small');
  assert.deepEqual(
    reading.cells.map(({ factors }) => Object.values(factors)),
    [
      [0.125, 0],
      [0.125, 1],
      [0.5, 0],
      [0.5, 1],
    ],
  );
});

test('each mistake has the path of the field that it belongs to, and its line', () => {
  const reading = readStudy(STUDY.replace('[0, 1]', '[0, 1.5]').concat('training: { batch: -1 }\n'));
  assert.ok(!reading.ok);
  assert.deepEqual(
    reading.mistakes.map(({ path, line }) => ({ path, line })),
    [{ path: ['training', 'batch'], line: 7 }],
  );
  const varied = readStudy(STUDY.replace('[0, 1]', '[0, 1.5]'));
  assert.ok(!varied.ok);
  assert.deepEqual(
    varied.mistakes.map(({ path, line }) => ({ path, line })),
    [{ path: ['vary', 'network.pct3x3', 1], line: 6 }],
  );
});

test('text that is no YAML, or no study at all, is a mistake without a place', () => {
  for (const text of ['study: [', 'just words', '']) {
    const reading = readStudy(text);
    assert.ok(!reading.ok);
    assert.deepEqual(reading.mistakes.map(({ path, line }) => ({ path, line })).slice(0, 1), [
      { path: [], line: null },
    ]);
  }
});
