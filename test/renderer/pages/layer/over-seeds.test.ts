import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  analysedAlike,
  otherSeeds,
  overSeeds,
  valuesOf,
} from '../../../../src-renderer/pages/layer/over-seeds.ts';
import { seedMeanWords } from '../../../../src-renderer/pages/layer/seed-words.ts';
import { measureColumns } from '../../../../src-renderer/pages/network/layer-measures.ts';
import type { RunIndex } from '../../../../src-shared/runs/run-index.ts';
import { analysis, METHOD, result } from '../network/made-analyses.ts';

test('the other seeds are the last complete attempts of the cell', () => {
  const run = (id: string, seed: number, changes: object = {}) => ({
    ...{ id, seed, study: 's', cell: 'c', state: 'complete', ...changes },
  });
  const rows = [
    run('own', 0),
    run('third', 3),
    run('failed', 1, { state: 'failed' }),
    run('again', 1),
    run('elsewhere', 2, { cell: 'd' }),
    run('waiting', 4, { state: 'running' }),
  ];
  const index = { rows } as unknown as RunIndex;
  assert.deepEqual(
    otherSeeds(index, { study: 's', cell: 'c', seed: 0 }).map(({ id }) => id),
    ['again', 'third'],
  );
});

test('only analyses by the same method with the same settings are of one kind', () => {
  const own = analysis([], { settings: { images: 60, features: 'average' } });
  const alike = { ...own, run: 'alike', settings: { features: 'average', images: 60 } };
  const others = [
    own,
    alike,
    { ...alike, settings: { images: 200, features: 'average' } },
    { ...alike, method: 'units' },
  ];
  assert.deepEqual(analysedAlike(own, others), [alike]);

  // which runs they are compared with is no difference of kind
  const across = { ...own, settings: { images: 60, cells: '', seeds: 'alike' } };
  const back = { ...across, run: 'alike', settings: { images: 60, cells: '', seeds: own.run } };
  assert.deepEqual(analysedAlike(across, [across, back]), [back]);
});

test('a number over the seeds has a mean, and an interval from two seeds on', () => {
  const own = analysis([result('conv1', { value: 0.4 })]);
  const key = measureColumns(METHOD, own)[0]?.key ?? '';
  const lookUp = (seed: number, value: number | null) => ({
    ...{ run: `r${seed}`, seed },
    valueOf: valuesOf(analysis([result('conv1', { value }), result('conv1', { channel: 0, value: 9 })])),
  });
  const wish = { layer: 'conv1', value: 0.4 };

  const two = overSeeds(key, wish, [lookUp(1, 0.6)]);
  assert.deepEqual(two.others, [{ run: 'r1', seed: 1, value: 0.6 }]);
  // t(0.975, 1) = 12.706, standard error 0.1
  assert.deepEqual(seedMeanWords(two, 'share'), ['50.0 %', '−77.1 % to 177.1 %', 'n = 2']);

  const one = overSeeds(key, wish, [lookUp(1, null)]);
  assert.deepEqual(one.others, [{ run: 'r1', seed: 1, value: null }]);
  assert.deepEqual(seedMeanWords(one, 'share'), ['no spread', 'n = 1']);
  assert.deepEqual(overSeeds(key, { layer: 'pool1', value: 0.4 }, [lookUp(1, 0.6)]).others, []);
  assert.deepEqual(seedMeanWords(overSeeds(key, { layer: 'conv1', value: null }, []), 'share'), [
    'not defined in any run',
  ]);
});
