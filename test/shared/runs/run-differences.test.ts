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
  runDifferences([one], [other])
    .filter(({ isSame }) => !isSame)
    .map(({ part, name, values }) => [part, name, ...values.map(({ text }) => text)]);

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
    engine: { ...PROVENANCE.engine, threads: 4, card: 'GPU-6a6f' },
    ...{ dataHash: 'bb', gitRevision: null, gitDirty: null },
  };
  assert.deepEqual(differing(run(1), run(1, { provenance })), [
    ['Data', 'SHA-256 of the data', 'aa', 'bb'],
    ['Environment', 'threads', '2', '4'],
    ['Source', 'Git revision', 'abc', 'no repository'],
    ['Source', 'uncommitted changes', 'no', null],
    // which the first one has not
    ['Environment', 'card', null, 'GPU-6a6f'],
  ]);
});

test('what one of two runs does not have is none there, whichever comes first', () => {
  const bare = run(1, { provenance: null, data: null });
  const rows = runDifferences([bare], [run(1)]);
  const textsOf = (of: typeof rows, wanted: string): unknown =>
    of.find(({ name }) => name === wanted)?.values.map(({ text }) => text);
  assert.deepEqual(textsOf(rows, 'engine'), [null, 'cpu 2']);
  assert.deepEqual(textsOf(runDifferences([run(1)], [bare]), 'validation share'), ['0.1', null]);
  const other = run(1, {
    cell: { network: { family: 'alexnet', towers: 2 }, recipe: null } as unknown as CellRow,
  });
  const names = differing(run(1), other).map(([, name]) => name);
  assert.ok(names.includes('towers') && names.includes('squeeze ratio'), names.join());
});

test('of cells it is told what all runs share and what varies within one, with how many runs have it', () => {
  const on = (threads: number) => ({
    provenance: { ...PROVENANCE, engine: { ...PROVENANCE.engine, threads } },
  });
  const one = [0, 1, 2].map((seed) => run(0.5, on(seed === 2 ? 4 : 2), seed));
  const other = [0, 1, 2].map((seed) => run(0.25, on(2), seed));
  const rows = runDifferences(one, other);
  const of = (wanted: string) => rows.find(({ name }) => name === wanted);
  assert.deepEqual(of('squeeze ratio')?.values, [
    { text: '0.5', varies: false },
    { text: '0.25', varies: false },
  ]);
  assert.deepEqual(of('threads')?.values, [
    { text: '2 (2 of 3), 4 (1 of 3)', varies: true },
    { text: '2', varies: false },
  ]);
  assert.deepEqual([of('threads')?.isSame, of('host')?.isSame], [false, true]);
  // the same seeds are no difference, though each run has its own
  assert.deepEqual([of('seed')?.isSame, of('seed')?.values[0]], [true, { text: '0, 1, 2', varies: true }]);
  const begun = runDifferences([...one, run(0.5, { provenance: null }, 3)], other);
  assert.deepEqual(begun.find(({ name }) => name === 'host')?.values[0], {
    text: 'h (3 of 4), none or unknown (1 of 4)',
    varies: true,
  });
  const many = Array.from({ length: 20 }, (_, seed) => run(0.5, {}, seed));
  const seeds = runDifferences(many, other).find(({ name }) => name === 'seed');
  assert.equal(seeds?.values[0].text, '20 different values');
});
