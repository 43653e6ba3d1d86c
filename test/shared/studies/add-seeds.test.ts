import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSeeds, writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { seedsOfCells } from '../../../src-shared/studies/seeds-of-cells.ts';
import { wantedRuns } from '../../../src-shared/studies/wanted-runs.ts';
import { examples } from './example-texts.ts';

const definitionOf = (text: string) => parseStudy(text, 'text').definition;

const TEXT = `# Why: a question.
study: sample # its name
dataset: shapes
network: {family: squeezenet,   stem: small}
vary: { network.sr: [0.25, 0.5] }
seeds:    2   # two of them

# quick
training: { epochs: 2 }`;

test('seeds of all cells go into `seeds`, and every other character stays', () => {
  const definition = addSeeds(definitionOf(TEXT), 3, null);
  assert.deepEqual(definition.seeds, [0, 1, 2, 3, 4]);
  assert.equal(writeSeeds(TEXT, definition), TEXT.replace('seeds:    2', 'seeds: 5'));
});

test('seeds of chosen cells are extra seeds, the next numbers of each', () => {
  const once = addSeeds(definitionOf(TEXT), 2, [{ 'network.sr': 0.5 }]);
  const text = writeSeeds(TEXT, once);
  const lines = 'extraSeeds:\n  - { cells: { network.sr: 0.5 }, seeds: [2, 3] }\n';
  assert.equal(text, `${TEXT.replace('seeds:    2', 'seeds: 2')}\n${lines}`);
  const twice = addSeeds(once, 1, [{ 'network.sr': 0.25 }, { 'network.sr': 0.5 }]);
  assert.deepEqual(seedsOfCells(twice)({ 'network.sr': 0.25 }), [0, 1, 2]);
  assert.deepEqual(seedsOfCells(twice)({ 'network.sr': 0.5 }), [0, 1, 2, 3, 4]);
  assert.deepEqual(definitionOf(writeSeeds(text, twice)), twice);
  const level = addSeeds(twice, 3, null);
  assert.deepEqual([level.seeds, 'extraSeeds' in level], [[0, 1, 2, 3, 4], false]);
  assert.deepEqual(definitionOf(writeSeeds(writeSeeds(text, twice), level)), level);
});

test('a file that is laid out otherwise is written anew', () => {
  const flow = '{ study: sample, dataset: shapes, network: { family: squeezenet } }';
  const definition = addSeeds(definitionOf(flow), 1, [{}]);
  assert.deepEqual(definitionOf(writeSeeds(flow, definition)), definition);
});

test('wanted runs are seed by seed, extra ones last; in a list an entry means one cell', () => {
  const wanted = (text: string) => {
    const { definition, cells } = parseStudy(text, 'text');
    return wantedRuns(definition, cells, (cell) => seedsOfCells(definition)(cell.factors)).map(
      ({ cell, seed }) => [Object.values(cell.factors).join(' '), seed],
    );
  };
  assert.deepEqual(wanted(examples.list), [
    ...[3, 1, 7].flatMap((seed) => [
      ['0.5', seed],
      ['0.5 simple', seed],
    ]),
    ['0.5', 8],
  ]);
  const grid = wanted(examples.grid);
  assert.equal(grid.length, 18 * 2 + 6 * 2 + 2);
  assert.deepEqual(
    grid.slice(36).map(([, seed]) => seed),
    [...Array<number>(6).fill(3), ...Array<number>(6).fill(4), 7, 7],
  );
});

test('extra seeds that mean no cell, or are none, are mistakes', () => {
  const read = (entry: string) => () => parseStudy(`${TEXT}\nextraSeeds:\n  - ${entry}\n`, 'text');
  assert.throws(read('{ cells: { network.sr: 0.3 }, seeds: [3] }'), {
    code: 'study-invalid',
    message: /line 11: extraSeeds\[0\]\.cells: no cell has \{ network\.sr: 0\.3 \}; use factors of vary/,
  });
  assert.throws(
    read('{ cells: { network.sr: 0.5 }, seeds: 3 }'),
    /extraSeeds\[0\]\.seeds: 3 is not accepted; expected a list of different seeds/,
  );
  assert.throws(read('{ cell: { network.sr: 0.5 }, seeds: [3] }'), /did you mean cells\?/);
});
