import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredPeaks } from '../../../src-shared/runs/measured-peaks.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { peakKey, trainerMemory } from '../../../src-shared/studies/trainer-memory.ts';
import type { CellRow, RunRow } from '../../../src-shared/runs/run-row.ts';

const DATA = { shape: [32, 32, 3] as const, trainingCount: 1000 };
const cell = (width: number, batch = 32, optimizer = 'sgd') => ({
  network: { family: 'squeezenet', width },
  recipe: recipeSchema.parse({ batch, optimizer }),
  cost: { parameters: 1e5 * width, activationBytes: 1e6 * width },
});
const [small, large] = [cell(1), cell(10)];
const memoryOf = (
  cells: readonly ReturnType<typeof cell>[],
  peaks: readonly (readonly [string, number])[] = [],
) => trainerMemory(cells, DATA, 'shapes', new Map(peaks));

test('a trainer takes what the largest cell does, more with the batch, the width and the slots', () => {
  const { bytes, isMeasured, estimatedBytes, cardBytes } = memoryOf([small, large]);
  assert.deepEqual([isMeasured, estimatedBytes], [false, bytes]);
  assert.ok(bytes >= memoryOf([large]).bytes && memoryOf([large]).bytes > memoryOf([small]).bytes);
  assert.ok(memoryOf([cell(10, 64)]).bytes - memoryOf([large]).bytes > 32 * 10e6);
  assert.ok(memoryOf([cell(10, 32, 'adam')]).bytes > memoryOf([large]).bytes);
  assert.ok(cardBytes > 32 * 10e6);
});

test('what runs of a cell’s like took goes before the estimate, which stays the same', () => {
  const estimated = memoryOf([small, large]);
  const measured = memoryOf([small, large], [[peakKey('shapes', large), 5e9]]);
  assert.deepEqual([measured.bytes, measured.isMeasured], [5e9, true]);
  assert.equal(measured.estimatedBytes, estimated.estimatedBytes);
  // the other cell is still estimated, and may need more
  const lower = memoryOf([small, large], [[peakKey('shapes', large), 1e6]]);
  assert.ok(lower.bytes > 1e6 && lower.bytes < estimated.bytes && !lower.isMeasured);
  // another data set, batch or optimizer says nothing
  for (const key of [
    peakKey('cifar10', large),
    peakKey('shapes', cell(10, 64)),
    peakKey('shapes', cell(10, 32, 'adam')),
  ])
    assert.equal(memoryOf([large], [[key, 5e9]]).isMeasured, false);
});

test('peaks are those of complete runs that an engine trained here, the largest of each kind', () => {
  const run = (peakMemoryBytes: number | null, more: Partial<RunRow> = {}): RunRow =>
    ({
      ...{ state: 'complete', importedFrom: null, openedFrom: null, engine: 'cpu', dataset: 'shapes' },
      metrics: { peakMemoryBytes },
      ...more,
    }) as RunRow;
  const runs = [
    run(4e8),
    run(6e8),
    run(5e8),
    run(9e8, { state: 'failed' }),
    run(9e8, { engine: 'gpu' }),
    run(9e8, { openedFrom: 'report.html' }),
    run(null),
  ];
  const cells = runs.map(() => ({ network: large.network, recipe: large.recipe }) as unknown as CellRow);
  assert.deepEqual([...measuredPeaks({ rows: runs, cells }, 'cpu')], [[peakKey('shapes', large), 6e8]]);
  assert.deepEqual([...measuredPeaks({ rows: runs, cells: [null] }, 'cpu')], []);
});
