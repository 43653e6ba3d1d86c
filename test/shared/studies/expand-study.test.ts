import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costCells } from '../../../src-shared/studies/cost-cells.ts';
import { expandStudy } from '../../../src-shared/studies/expand-study.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';

const HEAD =
  'study: a\ndataset: shapes\nnetwork: { family: squeezenet, stem: small, batchNorm: true, bypass: simple }\n';
const cellsOf = (text: string) => expandStudy(parseStudy(`${HEAD}${text}`, 'a.yaml'));
const SHAPES = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 1000 } as const;

test('a grid runs through the factors in the order of the file, the last one fastest', () => {
  const cells = cellsOf(
    'vary: { training.epochs: [1, 2], network.sr: [0.5, 1], training.augment: [[], [crop, flip]] }',
  );
  assert.deepEqual(
    cells.map(({ factors }) => Object.values(factors)),
    [
      [1, 0.5, []],
      [1, 0.5, ['crop', 'flip']],
      [1, 1, []],
      [1, 1, ['crop', 'flip']],
      [2, 0.5, []],
      [2, 0.5, ['crop', 'flip']],
      [2, 1, []],
      [2, 1, ['crop', 'flip']],
    ],
  );
  const last = cells.at(-1);
  assert.equal(last?.recipe.epochs, 2);
  assert.deepEqual(last.recipe.augment, ['crop', 'flip']);
  assert.equal(last.network['sr'], 1);
  assert.equal(new Set(cells.map(({ id }) => id)).size, 8);
});

test('an id depends on what is computed, not on how it is written', () => {
  const [plain] = cellsOf('vary: { network.sr: [0.25] }');
  const [explicit] = cellsOf(
    'vary: { training.epochs: [10], network.pct3x3: [0.5], network.sr: [0.25] }\ntraining: { batch: 128 }',
  );
  const [other] = cellsOf('vary: { network.sr: [0.25] }\ntraining: { batch: 64 }');
  const [lessData] = cellsOf('vary: { network.sr: [0.25] }\ndata: { trainingLimit: 100 }');
  assert.match(plain?.id ?? '', /^[0-9a-f]{16}$/);
  assert.equal(plain?.id, explicit?.id);
  assert.equal(new Set([plain?.id, other?.id, lessData?.id]).size, 3);
});

test('a sample is drawn by its seed, keeps the order of the grid, and a larger one holds the smaller', () => {
  const grid =
    'vary: { network.sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], training.epochs: [1, 2, 3, 4, 5, 6, 7] }\n';
  const all = cellsOf(grid).map(({ id }) => id);
  const draw = (count: number, seed: number) =>
    cellsOf(`${grid}sample: { cells: ${count}, seed: ${seed} }`).map(({ id }) => id);
  const ten = draw(10, 1);
  assert.equal(new Set(ten).size, 10);
  assert.deepEqual(
    ten,
    all.filter((id) => ten.includes(id)),
  );
  assert.deepEqual(draw(10, 1), ten);
  assert.notDeepEqual(draw(10, 2), ten);
  const twenty = draw(20, 1);
  assert(ten.every((id) => twenty.includes(id)));
  assert.deepEqual(draw(1000, 1), all);
});

test('a sample of a grid too large to list is drawn without listing it', () => {
  const values = Array.from({ length: 100 }, (_, index) => (index + 1) / 100).join(', ');
  const cells = cellsOf(
    `vary: { network.sr: [${values}], network.pct3x3: [${values}], training.momentum: [0.5, 0.9], training.learningRate: [${values}], training.weightDecay: [${values}] }\nsample: { cells: 5 }`,
  );
  assert.equal(new Set(cells.map(({ id }) => id)).size, 5);
});

test('one entry of a list may be a factor', () => {
  const [first] = cellsOf('vary: { "network.sr[2]": [1] }');
  assert.deepEqual(first?.network['sr'], [0.125, 0.125, 1, 0.125, 0.125, 0.125, 0.125, 0.125]);
});

test('a study without factors has one cell, and a list keeps its order', () => {
  assert.equal(cellsOf('seeds: 1').length, 1);
  const listed = cellsOf('cells: [{ network.sr: 1 }, { network.sr: 0.5, training.epochs: 3 }]');
  assert.deepEqual(
    listed.map(({ factors }) => factors),
    [{ 'network.sr': 1 }, { 'network.sr': 0.5, 'training.epochs': 3 }],
  );
});

test('costs are those of the network for this data', () => {
  const [cell] = costCells(
    cellsOf('vary: { network.sr: [0.125] }'),
    { validationShare: 0.1, trainingLimit: 0 },
    SHAPES,
  );
  // weiaicunzai/pytorch-cifar100's SqueezeNet with 10 classes
  assert.equal(cell?.parameters, 734_986);
});

test('a batch larger than the data is refused', () => {
  const cells = cellsOf('training: { batch: 901 }');
  assert.throws(() => costCells(cells, { validationShare: 0.1, trainingLimit: 0 }, SHAPES), {
    code: 'study-invalid',
    message: /training\.batch: 901 .*900 training images/,
  });
  assert.equal(costCells(cells, { validationShare: 0, trainingLimit: 0 }, SHAPES).length, 1);
});

test('a network that shrinks its image to nothing is refused, with its cell', () => {
  const cells = cellsOf('vary: { network.stem: [small, imagenet] }');
  const tiny = { ...SHAPES, shape: [8, 8, 3] } as const;
  assert.throws(() => costCells(cells, { validationShare: 0.1, trainingLimit: 0 }, tiny), {
    code: 'network-invalid',
    message: /network\.stem: "imagenet"/,
  });
});
