import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparedRun, runDifferences } from '../../../src-shared/runs/run-differences.ts';
import type { CellRow, RunRow } from '../../../src-shared/runs/run-row.ts';

const PROVENANCE = {
  ...{ kindlingVersion: '1', nodeVersion: '24', tfjsVersion: null, dataHash: 'aa' },
  engine: { name: 'cpu', version: '2', device: 'CPU', threads: 2 },
  ...{ host: 'h', platform: 'linux', folder: '/f', gitRevision: 'abc', gitDirty: false },
} as const satisfies ComparedRun['provenance'];

function run(sr: number, more: Partial<ComparedRun> = {}, seed = 0): ComparedRun {
  return {
    row: {
      dataset: 'shapes',
      seed,
      factors: { 'network.sr': sr },
      mode: 'compiled',
      importedFrom: null,
    } as unknown as RunRow,
    cell: { network: { family: 'squeezenet', sr }, recipe: { epochs: 2 } } as unknown as CellRow,
    provenance: PROVENANCE,
    data: { validationShare: 0.1, trainingLimit: 0 },
    ...more,
  };
}

const differing = (one: ComparedRun, other: ComparedRun) =>
  runDifferences(one, other)
    .filter(({ isSame }) => !isSame)
    .map(({ part, name, values }) => [part, name, ...values]);

test('only what differs between two runs is told apart, the rest is the same', () => {
  assert.deepEqual(differing(run(0.5), run(0.5)), []);
  assert.deepEqual(differing(run(0.5), run(0.25, {}, 3)), [
    ['Network', 'squeeze ratio', '0.5', '0.25'],
    ['Data', 'seed', '0', '3'],
  ]);
  const data = { validationShare: 0.2, trainingLimit: 1000 };
  assert.deepEqual(differing(run(1), run(1, { data })), [
    ['Data', 'validation share', '0.1', '0.2'],
    ['Data', 'training images', 'all that remain', '1,000'],
  ]);
});

test('environment and sources are compared field by field', () => {
  const provenance = {
    ...PROVENANCE,
    engine: { ...PROVENANCE.engine, threads: 4 },
    ...{ dataHash: 'bb', gitRevision: null, gitDirty: null },
  };
  assert.deepEqual(differing(run(1), run(1, { provenance })), [
    ['Data', 'SHA-256 of the data', 'aa', 'bb'],
    ['Environment', 'threads', '2', '4'],
    ['Source', 'Git revision', 'abc', 'no repository'],
    ['Source', 'uncommitted changes', 'no', null],
  ]);
});

test('what one of two runs does not have is none there, whichever comes first', () => {
  const bare = run(1, { provenance: null, data: null });
  const rows = runDifferences(bare, run(1));
  assert.deepEqual(rows.find(({ name }) => name === 'engine')?.values, [null, 'cpu 2']);
  assert.deepEqual(runDifferences(run(1), bare).find(({ name }) => name === 'validation share')?.values, [
    '0.1',
    null,
  ]);
  const other = run(1, {
    cell: { network: { family: 'alexnet', towers: 2 }, recipe: null } as unknown as CellRow,
  });
  const names = differing(run(1), other).map(([, name]) => name);
  assert.ok(names.includes('towers') && names.includes('squeeze ratio'), names.join());
});
