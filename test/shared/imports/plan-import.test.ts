import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importSettingsSchema } from '../../../src-shared/imports/import-settings.ts';
import { curveRoles } from '../../../src-shared/imports/read-curves.ts';
import { planned } from './foreign-table.ts';

const TABLE = `
run_name,width,optimizer,group,seed,test_acc,test_loss,val_acc,params,host
a,16,sgd,16-sgd,0,81.23,0.5,80,1000,x
b,16,sgd,16-sgd,1,80.9,0.6,79,1000,x
c,32,sgd,32-sgd,0,83.4,0.7,82,3900,x
d,32,sgd,32-sgd,1,7,0.8,81,3900,x
e,16,adam,16-adam,0,79.1,0.9,78,1000,x
f,16,adam,16-adam,1,78.33,1,77,1000,x
`;

function told(mistakes: ReturnType<typeof planned>['mistakes']): string[] {
  return mistakes.map(({ place, column, message, remedy }) =>
    [`${place ?? '-'}, ${column ?? '-'}: ${message}`, remedy?.command].filter(Boolean).join(' '),
  );
}

test('columns are taken for factors, seeds and metrics by their names and values', () => {
  const { columns, definition, cells, runs, mistakes } = planned(TABLE);
  assert.deepEqual(mistakes, []);
  assert.deepEqual(
    columns.map(({ name, role, as }) => [name, role, as]),
    [
      ['run_name', 'name', ''],
      ['width', 'factor', 'factor.width'],
      ['optimizer', 'factor', 'factor.optimizer'],
      // a name for each combination of the two
      ['group', 'left out', ''],
      ['seed', 'seed', ''],
      ['test_acc', 'metric', 'testAccuracy'],
      ['test_loss', 'metric', 'testLoss'],
      ['val_acc', 'metric', 'validationAccuracy'],
      ['params', 'cost', ''],
      ['host', 'left out', ''],
    ],
  );
  assert.deepEqual(definition.factors, ['factor.width', 'factor.optimizer']);
  assert.deepEqual(Object.keys(definition.imported.metrics), [
    'testAccuracy',
    'testLoss',
    'validationAccuracy',
  ]);
  assert.deepEqual(
    cells.map(({ factors, parameters, macs, network }) => [
      Object.values(factors),
      parameters,
      macs,
      network,
    ]),
    [
      [[16, 'sgd'], 1000, null, null],
      [[32, 'sgd'], 3900, null, null],
      [[16, 'adam'], 1000, null, null],
    ],
  );
  assert.deepEqual(
    runs.map(({ seed, note, state }) => [seed, note, state]),
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name, row) => [row % 2, name, 'complete']),
  );
});

test('a cost that a table does not have is unknown and not 0', () => {
  const { cells } = planned('width,seed,test_acc,params,macs\n1,0,0.5,,7\n2,0,0.6,9,\n', {
    factors: ['width'],
  });
  assert.deepEqual(
    cells.map(({ parameters, macs }) => [parameters, macs]),
    [
      [null, 7],
      [9, null],
    ],
  );
});

test('percentages become shares without losing a digit; a column is in percent as a whole', () => {
  const { runs } = planned(TABLE);
  assert.deepEqual(
    runs.map(({ metrics }) => metrics.testAccuracy),
    [0.8123, 0.809, 0.834, 0.07, 0.791, 0.7833],
  );
  const shares = planned('width,seed,test_acc\n1,0,0.5\n2,0,0.75\n', { factors: ['width'] });
  assert.deepEqual(
    shares.runs.map(({ metrics }) => metrics.testAccuracy),
    [0.5, 0.75],
  );
  const small = planned('width,seed,test_acc\n1,0,0.5\n2,0,0.75\n', {
    factors: ['width'],
    percent: ['test_acc'],
  });
  assert.deepEqual(
    small.runs.map(({ metrics }) => metrics.testAccuracy),
    [0.005, 0.0075],
  );
});

test('a curve of shares is in percent by its finite values alone', () => {
  const isPercent = (values: readonly number[]): (boolean | undefined)[] =>
    curveRoles(
      [{ place: 'run a', values: new Map(), curves: [{ tag: 'val_acc', steps: [1, 2], values }] }],
      importSettingsSchema.parse({}),
    ).map((role) => role.isPercent);
  assert.deepEqual(isPercent([0.5, Infinity]), [false]);
  assert.deepEqual(isPercent([50, NaN]), [true]);
});

test('what is given takes the place of what is guessed', () => {
  const { definition, mistakes } = planned(TABLE, {
    factors: ['group'],
    metrics: { val_acc: 'testAccuracy' },
    seed: 'seed',
  });
  assert.deepEqual(mistakes, []);
  assert.deepEqual(definition.factors, ['factor.group']);
  assert.deepEqual(definition.imported.metrics, { testAccuracy: 'val_acc' });
});

test('a column called as a setting of ours is that setting; others are names that filters can read', () => {
  const text =
    'network.sr,model width (px),seed,testAccuracy\n0.25,1,0,0.5\n0.5,2,0,0.6\n0.25,2,0,0.7\n0.5,1,0,0.8\n';
  assert.deepEqual(planned(text).definition.factors, ['network.sr', 'factor.model_width_px']);
});

test('what is wrong is told by row and column, and then there are no runs', () => {
  const text = `
width,lr,seed,test_acc,test_loss
16,0.1,0,81.2,0.5
16,auto,1,nan,0.4
16,0.1,0,80.1,
16,0.2,-1,180.1,0.2
16,,2,x,0.3
`;
  const { mistakes, runs } = planned(text, {
    factors: ['width', 'lr'],
    metrics: { test_acc: 'testAccuracy', test_loss: 'testLoss' },
  });
  assert.deepEqual(runs, []);
  assert.deepEqual(told(mistakes), [
    '-, width: it is 16 in every run, so it is no factor: a factor has at least two values.',
    'row 6, lr: a factor needs a value in every run.',
    'row 3, lr: it is a text (auto), and in row 2 a number (0.1). --text lr takes all of them as names.',
    'row 3, test_acc: it is NaN or infinite. Leave the run out, or keep it as one that does not count (--keep-incomplete).',
    'row 4, test_loss: there is no value. Leave the run out, or keep it as one that does not count (--keep-incomplete).',
    'row 5, test_acc: 180.1 is no percentage from 0 to 100, as testAccuracy is.',
    'row 6, test_acc: x is no number.',
    'row 4, seed: row 2 has the same cell (width = 16, lr = 0.1) and seed (0). Leave one of them out, or name the factor that is missing (--factor COLUMN).',
    'row 5, seed: -1 is no seed: a seed is a whole number from 0.',
  ]);
});

test('columns that are named and not there are mistakes, with the nearest name', () => {
  const { mistakes } = planned(TABLE, { factors: ['widht'], metrics: { acc: 'testAccuracy' } });
  assert.match(told(mistakes)[0] ?? '', /widht: there is no such column. Did you mean width\?/);
  assert.match(told(mistakes)[1] ?? '', /acc: there is no such column/);
});

test('a table without a metric says which columns have numbers; a vague name is not guessed', () => {
  const { mistakes, columns } = planned('width,seed,accuracy\n1,0,0.5\n2,0,0.75\n');
  assert.match(
    told(mistakes).join('\n'),
    /columns with numbers: width, seed, accuracy\)\. Name one, e\.g\. --metric accuracy=testAccuracy/,
  );
  assert.match(columns.find(({ name }) => name === 'accuracy')?.note ?? '', /on which part of the data/);
});

test('a metric that some runs lack is left out if another is whole, and a mistake if there is no other', () => {
  const half = 'width,seed,test_acc,val_acc\n1,0,0.5,\n2,0,0.75,0.7\n';
  const { definition, columns } = planned(half, { factors: ['width'] });
  assert.deepEqual(definition.imported.metrics, { testAccuracy: 'test_acc' });
  assert.equal(columns.find(({ name }) => name === 'val_acc')?.note, '1 of 2 runs have no value');
  const only = planned('width,seed,test_acc\n1,0,\n2,0,0.75\n', { factors: ['width'] });
  assert.match(told(only.mistakes)[0] ?? '', /row 2, test_acc: there is no value/);
});

test('what Kindling does not measure is a metric of its own, better higher or lower, of any range', () => {
  const text = 'width,seed,summary.BLEU,val ppl,train_ppl,gain\n1,0,31.25,140,9,-2\n2,0,28,150.5,8,3\n';
  const { definition, runs, mistakes } = planned(text, { factors: ['width'] });
  assert.deepEqual(mistakes, []);
  assert.deepEqual(definition.imported.metrics, {
    'higher.BLEU': 'summary.BLEU',
    'lower.val_ppl': 'val ppl',
  });
  assert.match(definition.imported.notes.join(' '), /val_ppl is no metric of Kindling’s: lower values count/);
  assert.deepEqual(
    runs.map(({ metrics }) => metrics),
    [
      { 'higher.BLEU': 31.25, 'lower.val_ppl': 140 },
      { 'higher.BLEU': 28, 'lower.val_ppl': 150.5 },
    ],
  );
  const given = planned(text, { factors: ['width'], metrics: { gain: 'higher.gain' } });
  assert.deepEqual(
    given.runs.map(({ metrics }) => metrics['higher.gain']),
    [-2, 3],
  );
  const twice = planned(text, { metrics: { gain: 'higher.gain', train_ppl: 'higher.Gain' } });
  assert.match(told(twice.mistakes).join(' '), /higher\.Gain is the column gain already/);
  const mixed = planned('width,seed,auc\n1,0,50%\n2,0,0.5\n', { factors: ['width'] });
  assert.deepEqual(told(mixed.mistakes), ['row 3, auc: some values are in percent (%) and some are not.']);
});

test('what is no part of a grid that is complete without it is no factor', () => {
  const rows = [1, 2, 3].flatMap((width) =>
    [0, 1, 2, 3].map((seed) => `${width},${seed},gpu-${(4 * width + seed) % 5},0.${5 + seed}`),
  );
  const table = (some: readonly string[]): string => `width,seed,host,test_acc\n${some.join('\n')}\n`;
  const { definition, columns } = planned(table(rows));
  assert.deepEqual(definition.factors, ['factor.width']);
  assert.match(columns.find(({ name }) => name === 'host')?.note ?? '', /every seed once without it/);
  // with a run less nobody can tell
  assert.deepEqual(planned(table(rows.slice(1))).definition.factors, ['factor.width', 'factor.host']);
});

test('a text among the only results is told with its row', () => {
  const { mistakes } = planned('width,seed,test_acc\n1,0,0.5\n2,0,n/a\n', { factors: ['width'] });
  assert.deepEqual(told(mistakes), ['row 3, test_acc: n/a is no number.']);
});

test('runs that failed, diverged or lack a value are kept as such where that is asked for', () => {
  const text = `
width,seed,State,test_acc
1,0,finished,0.5
1,1,crashed,
2,0,finished,nan
2,1,running,0.1
3,0,finished,
`;
  const { runs, mistakes } = planned(text, { factors: ['width'], keepIncomplete: true });
  assert.deepEqual(mistakes, []);
  assert.deepEqual(
    runs.map(({ state, metrics, failure }) => [state, metrics, failure?.code ?? null]),
    [
      ['complete', { testAccuracy: 0.5 }, null],
      ['failed', {}, 'failed-elsewhere'],
      ['failed', {}, 'loss-not-finite'],
      ['interrupted', {}, null],
      ['complete', {}, null],
    ],
  );
  // a run that is said to have failed needs no value
  const told2 = told(planned(text, { factors: ['width'] }).mistakes);
  assert.deepEqual(
    told2.map((line) => line.slice(0, 15)),
    ['row 4, test_acc', 'row 6, test_acc'],
  );
});

test('a run that did not finish does not stand in the way of its repetition; two that finished do', () => {
  // as W&B lists them: the newest first, and each crashed one beside its repetition
  const text = `
Name,State,width,seed,host,test_acc
d,finished,2,1,y,0.8
c,finished,2,0,x,0.7
b,finished,1,1,y,0.6
lost,crashed,1,0,z,
a,finished,1,0,x,0.5
hung,killed,1,0,z,0.1
`;
  const { runs, mistakes, definition, cells } = planned(text);
  assert.deepEqual([mistakes, definition.factors, cells.length], [[], ['factor.width'], 2]);
  assert.deepEqual(
    runs.map(({ note, seed, state, metrics }) => [note, seed, state, metrics.testAccuracy ?? null]),
    [
      ['d', 1, 'complete', 0.8],
      ['c', 0, 'complete', 0.7],
      ['b', 1, 'complete', 0.6],
      ['lost', 0, 'failed', null],
      ['a', 0, 'complete', 0.5],
      ['hung', 0, 'interrupted', null],
    ],
  );
  assert.deepEqual(definition.imported.notes, [
    '2 runs that did not finish have the cell and seed of one that did, which counts: row 5 (complete: row 6), row 7 (complete: row 6).',
  ]);
  assert.deepEqual(told(planned(text.replace('killed', 'finished'), { factors: ['width'] }).mistakes), [
    'row 7, seed: row 6 has the same cell (width = 1) and seed (0); they differ in host. Leave one of them out, or name the factor that is missing (--factor COLUMN).',
  ]);
  // without seeds they have the last numbers of their cell
  const unseeded = planned(text, { factors: ['width', 'seed'], seed: null });
  assert.deepEqual(unseeded.mistakes, []);
  assert.deepEqual(
    unseeded.runs.map(({ state, seed }) => [state, seed === 0]),
    [
      ...['d', 'c', 'b'].map(() => ['complete', true]),
      ['failed', false],
      ['complete', true],
      ['interrupted', false],
    ],
  );
});

test('a state in other words is known, or told: no such run counts by mistake', () => {
  const rows = ['COMPLETED', 'CANCELLED by 1000', 'OUT_OF_MEMORY', 'canceled', 'Timed out', ''];
  const table = (states: readonly string[]): string =>
    `width,seed,State,test_acc\n${states.map((state, row) => `${row % 2},${row},${state},0.5`).join('\n')}`;
  assert.deepEqual(
    planned(table(rows)).runs.map(({ state }) => state),
    ['complete', 'interrupted', 'failed', 'interrupted', 'interrupted', 'complete'],
  );
  const { mistakes, runs } = planned(table(['finished', 'evicted', '3', 'evicted', 'terminated', 'failed']));
  assert.deepEqual(runs, []);
  assert.deepEqual(
    mistakes.map(({ place, column, message }) => `${place ?? ''}, ${column ?? ''}: ${message}`),
    [
      'row 3, State: evicted is no known state of a run, as in 1 other run.',
      'row 4, State: 3 is no known state of a run.',
      'row 6, State: terminated is no known state of a run.',
    ],
  );
  // a column that only is called so can be a factor
  const places = table(['CA', 'CA', 'NY', 'NY', 'TX', 'TX']);
  assert.equal(planned(places).mistakes.length, 3);
  assert.deepEqual(planned(places, { factors: ['State'] }).mistakes, []);
});

test('without seeds, runs of a cell must be said to be replicates; their numbers do not follow the order of the rows', () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${(row % 2) + 1},0.${10 + row}`).join('\n');
  const text = `width,test_acc\n${rows}\n`;
  const { mistakes } = planned(text);
  assert.match(
    told(mistakes).join('\n'),
    /row 4, -: it has the same factors as row 2, and no column is known as that of the seeds/,
  );
  const { runs, definition } = planned(text, { seed: false });
  assert.match(definition.imported.notes.join(' '), /not a pair/);
  for (const width of [0, 1]) {
    const seeds = runs.filter((_, row) => row % 2 === width).map(({ seed }) => seed);
    assert.deepEqual(
      seeds.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, seed) => seed),
    );
    assert.notDeepEqual(
      seeds,
      seeds.toSorted((a, b) => a - b),
    );
  }
});

test('the same table read in the same way is the same import, whatever its study is called', () => {
  const hash = (text: string, settings = {}): string => planned(text, settings).definition.imported.hash;
  assert.equal(hash(TABLE), hash(TABLE, { study: 'other' }));
  assert.notEqual(hash(TABLE), hash(TABLE, { factors: ['width'] }));
  assert.notEqual(hash(TABLE), hash(TABLE.replace('81.23', '81.24')));
});

test('whole numbers that would lose digits, and those with zeros before them, are names', () => {
  const text = 'id2,commit,seed,test_acc\n9007199254740993,007,0,0.5\n9007199254740992,008,0,0.6\n';
  const { cells, mistakes } = planned(text, { factors: ['id2', 'commit'] });
  assert.deepEqual(mistakes, []);
  assert.deepEqual(
    cells.map(({ factors }) => Object.values(factors)),
    [
      ['9007199254740993', '007'],
      ['9007199254740992', '008'],
    ],
  );
});
