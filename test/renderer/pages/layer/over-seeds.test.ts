import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  analysedAlike,
  otherSeeds,
  overSeeds,
  valuesOf,
} from '../../../../src-renderer/pages/layer/over-seeds.ts';
import { seedMeanWords } from '../../../../src-renderer/pages/layer/over-seeds.ts';
import { measureColumns } from '../../../../src-renderer/layers/layer-measures.ts';
import { indexRuns } from '../../../../src-shared/runs/run-index.ts';
import type { CellRow } from '../../../../src-shared/runs/run-row.ts';
import { sampleCell, sampleRun } from '../../../shared/runs/sample-table.ts';
import { analysis, METHOD, result } from '../../layers/made-analyses.ts';

test('the other seeds are the last complete attempts of the cell that its file asks for', () => {
  const cell = { ...sampleCell('c', { sr: 0.5 }), asked: [0, 1, 2, 3, 4] };
  const other = { ...cell, id: 'd' };
  const runs = [
    sampleRun('own', cell, { seed: 0 }),
    sampleRun('third', cell, { seed: 3 }),
    sampleRun('failed', cell, { seed: 1, state: 'failed' }),
    sampleRun('again', cell, { seed: 1 }),
    sampleRun('elsewhere', other, { seed: 2 }),
    sampleRun('waiting', cell, { seed: 4, state: 'running' }),
    sampleRun('former', cell, { seed: 9 }),
  ];
  const others = (cells: readonly CellRow[]): string[] =>
    otherSeeds(indexRuns({ runs, cells }), { study: 'demo', cell: 'c', seed: 0 }).map(({ id }) => id);
  assert.deepEqual(others([cell, other]), ['again', 'third']);
  // of a cell that the study's file no longer names, all belong together
  assert.deepEqual(others([{ ...cell, asked: null }, other]), ['again', 'third', 'former']);
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

const OWN = { seed: 0, firstStage: undefined };

test('a number over the seeds has a mean, and an interval from two seeds on', () => {
  const own = analysis([result('conv1', { value: 0.4 })]);
  const [column] = measureColumns(METHOD, own);
  assert.ok(column);
  const lookUp = (seed: number, value: number | null) => ({
    ...{ run: `r${seed}`, seed },
    valueOf: valuesOf(analysis([result('conv1', { value }), result('conv1', { channel: 0, value: 9 })])),
  });
  const wish = { layer: 'conv1', value: 0.4 };

  const two = overSeeds(column, wish, [lookUp(1, 0.6)], OWN);
  assert.deepEqual(two.others, [{ run: 'r1', seed: 1, value: 0.6 }]);
  // t(0.975, 1) = 12.706, standard error 0.1: from -77 to 177 %, of which no share is beyond 0 and 100 %
  assert.deepEqual(seedMeanWords(two, 'share'), [
    '50.0\u00a0%',
    '0.0\u00a0% to 100.0\u00a0%',
    'n\u00a0=\u00a02 seeds',
  ]);

  const one = overSeeds(column, wish, [lookUp(1, null)], OWN);
  assert.deepEqual(one.others, [{ run: 'r1', seed: 1, value: null }]);
  assert.deepEqual(seedMeanWords(one, 'share'), ['40.0\u00a0%', 'no interval', 'n\u00a0=\u00a01 seed']);
  assert.deepEqual(overSeeds(column, { layer: 'pool1', value: 0.4 }, [lookUp(1, 0.6)], OWN).others, []);
  // t(0.975, 1) = 12.706 times the deviation of 0.4 and 0.42 over the root of 3: seed 2 has decided nothing
  const staged = overSeeds(column, wish, [lookUp(1, 0.42), lookUp(2, 0.8)], {
    ...OWN,
    firstStage: [0, 1],
  });
  assert.deepEqual(seedMeanWords(staged, 'share'), [
    '54.0\u00a0%',
    '43.6\u00a0% to 64.4\u00a0%',
    'n\u00a0=\u00a03 seeds',
  ]);
  assert.deepEqual(seedMeanWords(overSeeds(column, { layer: 'conv1', value: null }, [], OWN), 'share'), [
    'not defined in any run',
  ]);
});

test('of means over pairs of seeds two have no interval, and three a wide one', () => {
  const own = analysis([result('conv1', { value: 0.4 })]);
  const [column] = measureColumns(METHOD, own);
  assert.ok(column);
  const ofPairs = { ...column, measure: { ...column.measure, isOverSeeds: true } } as const;
  const lookUp = (seed: number, value: number) => ({
    ...{ run: `r${seed}`, seed },
    valueOf: valuesOf(analysis([result('conv1', { value })])),
  });
  const wish = { layer: 'conv1', value: 0.4 };
  const halfWidth = (of: typeof column, others: readonly number[]): number | null => {
    const lookUps = others.map((value, place) => lookUp(place + 1, value));
    const { low, mean } = overSeeds(of, wish, lookUps, OWN).interval;
    return low === null || mean === null ? null : mean - low;
  };
  assert.equal(halfWidth(ofPairs, [0.4]), null);
  assert.ok(
    Math.abs((halfWidth(ofPairs, [0.41, 0.42]) ?? NaN) - 4 * (halfWidth(column, [0.41, 0.42]) ?? NaN)) <
      1e-12,
  );
});
