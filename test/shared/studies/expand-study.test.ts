import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalHash } from '../../../src-shared/canonical-hash.ts';
import { families } from '../../../src-shared/networks/families.ts';
import type { StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import { sampleCells } from '../../../src-shared/studies/samplers/registry.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { computedFields } from '../../../src-shared/studies/recipe.ts';

const HEAD =
  'study: a\ndataset: shapes\nnetwork: { family: squeezenet, stem: small, batchNorm: true, bypass: simple }\n';
const cellsOf = (text: string) => parseStudy(`${HEAD}${text}`, 'a.yaml').cells;
const SHAPES: StudyData = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 1000 };

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
  assert.equal('sr' in last.network && last.network.sr, 1);
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
  assert.deepEqual(
    first && 'sr' in first.network && first.network.sr,
    [0.125, 0.125, 1, 0.125, 0.125, 0.125, 0.125, 0.125],
  );
});

test('a study without factors has one cell, and a list keeps its order', () => {
  assert.equal(cellsOf('seeds: 1').length, 1);
  const listed = cellsOf('cells: [{ network.sr: 1 }, { network.sr: 0.5, training.epochs: 3 }]');
  assert.deepEqual(
    listed.map(({ factors }) => factors),
    [{ 'network.sr': 1 }, { 'network.sr': 0.5, 'training.epochs': 3 }],
  );
});

test('a sample of more combinations than a number can count is drawn by its seed, and grows', () => {
  const values = Array.from({ length: 2000 }, (_, index) => index / 2000);
  const vary = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`factor ${index}`, values]));
  const texts = (count: number, seed: number) =>
    sampleCells({ kind: 'grid', vary, sample: { cells: count, seed } }).map((factors) =>
      JSON.stringify(factors),
    );
  const hundred = texts(100, 1);
  assert.equal(new Set(hundred).size, 100);
  assert.deepEqual(texts(100, 1), hundred);
  assert.notDeepEqual(texts(100, 2), hundred);
  const more = new Set(texts(300, 1));
  assert(hundred.every((text) => more.has(text)));
});

test('a huge sample is even: each value of each factor is drawn as often as it should be', () => {
  // 3^21 is 1.05e10, more than 32 bits
  const vary = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`factor ${index}`, [0, 1, 2]]));
  const drawn = sampleCells({ kind: 'grid', vary, sample: { cells: 6000, seed: 5 } });
  for (const path of Object.keys(vary)) {
    const counts = [0, 1, 2].map((value) => drawn.filter((factors) => factors[path] === value).length);
    // chi-squared with two degrees of freedom; 21 factors at once stay below 18.4 with a probability of 99.8 %
    const distance = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    assert(distance < 18.4, `${path}: ${counts.join()}`);
  }
});

test('the same seeds draw the same cells, and cells have the same ids, as in earlier versions', () => {
  const values = Array.from({ length: 100 }, (_, index) => (index + 1) / 100).join(', ');
  const ids = (text: string) => cellsOf(text).map(({ id }) => id);
  assert.deepEqual(ids('vary: { network.sr: [0.25, 0.5], training.augment: [[], [crop, flip]] }'), [
    ...['9ac367422d46f00a', 'cd9cafe2585cbf5d', 'd1cb337a29c7a52a', '66da33b4d6475b1f'],
  ]);
  const grid = 'vary: { network.sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], training.epochs: [1, 2, 3, 4, 5, 6, 7] }';
  assert.deepEqual(ids(`${grid}\nsample: { cells: 6, seed: 1 }`), [
    ...['38983450f252388e', '7ef5df1a587a6193', '456389d5e1a9f5d2'],
    ...['568e0f79ca82dde7', '6be851241e8c903e', '7ad4508026df06eb'],
  ]);
  const large = `vary: { network.sr: [${values}], network.pct3x3: [${values}], training.momentum: [0.5, 0.9], training.learningRate: [${values}], training.weightDecay: [${values}] }`;
  assert.deepEqual(
    cellsOf(`${large}\nsample: { cells: 5 }`).map(({ factors }) => Object.values(factors)),
    [
      [0.4, 0.57, 0.5, 0.84, 0.4],
      [0.72, 0.71, 0.5, 0.5, 0.89],
      [0.83, 0.03, 0.9, 0.01, 0.16],
      [0.83, 0.97, 0.5, 0.76, 0.16],
      [0.88, 0.96, 0.9, 0.66, 0.41],
    ],
  );
});

test('an id is the hash of the data, the network and the recipe', () => {
  const { definition, cells } = parseStudy(`${HEAD}vary: { network.sr: [0.25, 0.5] }`, 'a.yaml');
  const { dataset, data } = definition;
  for (const { id, network, recipe } of cells)
    assert.equal(id, canonicalHash({ dataset, data, network, recipe: computedFields(recipe) }));
});

test('ids of stores are found again, whatever optimizers there are', () => {
  const [plain] = cellsOf('cells: [{ training.optimizer: sgd }]');
  assert.equal(plain?.id, '1bb31bea638c8f27');
  const [moments] = cellsOf('cells: [{ training.optimizer: adam, training.beta1: 0.8 }]');
  assert.equal(moments?.id, '7550c0f3283ed22e');
});

test('cells that share a network or a recipe share one object of it', () => {
  const cells = cellsOf('vary: { network.sr: [0.25, 0.5], training.epochs: [1, 2, 3] }');
  assert.equal(new Set(cells.map(({ network }) => network)).size, 2);
  assert.equal(new Set(cells.map(({ recipe }) => recipe)).size, 3);
});

const costed = (text: string, data = SHAPES) => costStudy(`${HEAD}${text}`, 'a.yaml', () => data).cells;

test('costs are those of the network for this data', () => {
  const [cell] = costed('vary: { network.sr: [0.125] }');
  // weiaicunzai/pytorch-cifar100's SqueezeNet with 10 classes
  assert.equal(cell?.parameters, 734_986);
});

test('a batch larger than the data is refused', () => {
  assert.throws(() => costed('training: { batch: 901 }'), {
    code: 'study-invalid',
    message: /line 4: training\.batch: 901 .*900 training images/,
  });
  assert.equal(costed('training: { batch: 901 }\ndata: { validationShare: 0 }').length, 1);
});

test('a limit beyond the training images is refused with what there is', () => {
  assert.throws(() => costed('data: { trainingLimit: 999999 }'), {
    code: 'study-invalid',
    message: /line 4: data\.trainingLimit: 999999 is more than the 900 training images .* or 0 for all\./,
  });
  assert.equal(costed('data: { trainingLimit: 900 }').length, 1);
});

test('a network that shrinks its image to nothing is refused, with its cell', () => {
  const tiny = { ...SHAPES, shape: [8, 8, 3] } as const;
  assert.throws(() => costed('vary: { network.stem: [small, imagenet] }', tiny), {
    code: 'study-invalid',
    message: /in the cell \{ network\.stem: "imagenet" \}: the feature map becomes too small/,
  });
});

test('from its text to what it costs, a study is expanded once, each network parsed once, each graph built once', (context) => {
  const parse = context.mock.method(families.squeezenet.schema, 'safeParse');
  const build = context.mock.method(families.squeezenet, 'build');
  const text = `${HEAD}vary: { network.sr: [0.25, 0.5, 0.75], network.pct3x3: [0, 0.5], training.epochs: [1, 2, 3, 4] }`;
  const { cells } = costStudy(text, 'a.yaml', () => SHAPES);
  assert.equal(cells.length, 24);
  // the base, each value by itself for its mistake, and each of the 6 networks
  assert.equal(parse.mock.callCount(), 1 + 5 + 6);
  assert.equal(build.mock.callCount(), 6);
});
