import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readRunFiles } from '../../../src-main/run-files/read-run-files.ts';
import { temporaryFolder } from '../store/sample-study.ts';

function files(context: TestContext, contents: Readonly<Record<string, string>>): string[] {
  const folder = temporaryFolder(context);
  return Object.entries(contents).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}

const rowsOf = (paths: string[]): unknown[] =>
  readRunFiles(paths).runs.map(({ values }) => Object.fromEntries(values));

test('tables have commas, semicolons or tabs, quotation marks, and numbers of rows as pandas writes them', (context) => {
  const paths = files(context, { 'a.csv': '\uFEFFname,"a, b",acc\r\n"x ""1""",1,0.10\r\n' });
  assert.deepEqual(rowsOf(paths), [{ name: 'x "1"', 'a, b': '1', acc: '0.10' }]);
  assert.deepEqual(rowsOf(files(context, { 'a.csv': 'a;b\n0,5;"x,y"\n' })), [{ a: '0,5', b: 'x,y' }]);
  assert.deepEqual(rowsOf(files(context, { 'a.tsv': 'a\tb\n1\t2\n' })), [{ a: '1', b: '2' }]);
  assert.deepEqual(rowsOf(files(context, { 'a.csv': ',a\n0,1\n1,2\n' })), [{ a: '1' }, { a: '2' }]);
});

test('JSON is a list, an entry a line, columns as pandas writes them, or what was logged of a run', (context) => {
  const expected = [
    { 'config.lr': 0.1, 'config.sizes': [1, 2], acc: 0.5 },
    { 'config.lr': 0.2, 'config.sizes': [], acc: null },
  ];
  const entries = [
    { config: { lr: 0.1, sizes: [1, 2] }, acc: 0.5 },
    { config: { lr: 0.2, sizes: [] }, acc: null },
  ];
  assert.deepEqual(rowsOf(files(context, { 'a.json': JSON.stringify(entries) })), expected);
  assert.deepEqual(rowsOf(files(context, { 'a.json': JSON.stringify({ runs: entries }) })), expected);
  const lines = entries.map((entry) => JSON.stringify(entry)).join('\n');
  assert.deepEqual(rowsOf(files(context, { 'a.jsonl': lines })), expected);
  const columns = { lr: { '0': 0.1, '1': 0.2 }, acc: { '0': 1, '1': null } };
  assert.deepEqual(rowsOf(files(context, { 'a.json': JSON.stringify(columns) })), [
    { lr: 0.1, acc: 1 },
    { lr: 0.2, acc: null },
  ]);
});

test('what was logged of a run finds its row by name or id, and gives its last value', (context) => {
  const history = [
    { _step: 0, _runtime: 1.5, epoch: 0, 'val/acc': 0.25 },
    { _step: 5, _runtime: 2.5, epoch: 1, 'val/acc': 0.5, 'train/loss': 'NaN' },
  ];
  const { runs, format, hints } = readRunFiles(
    files(context, {
      'runs.csv': 'Name,lr\nsun-1,0.1\nmoon-2,0.2\n',
      'moon-2.json': JSON.stringify(history),
    }),
  );
  assert.equal(format, 'CSV and JSON');
  assert.deepEqual(runs[0]?.curves, []);
  assert.deepEqual(runs[1]?.curves, [
    { tag: 'val/acc', steps: [0, 5], values: [0.25, 0.5], epochs: [0, 1], seconds: [1.5, 2.5] },
    { tag: 'train/loss', steps: [5], values: [NaN], epochs: [1], seconds: [2.5] },
  ]);
  assert.equal(runs[1]?.values.get('val/acc'), 0.5);
  // what was logged is never guessed to be a factor
  assert.deepEqual(
    [...hints],
    [
      ['val/acc', 'result'],
      ['train/loss', 'result'],
    ],
  );
  const lost = files(context, { 'runs.csv': 'Name,lr\nsun-1,0.1\n', 'moon.json': JSON.stringify(history) });
  assert.throws(() => readRunFiles(lost), /No row of the table is called moon, of which there are curves/);
});

test('a table of points is the curves of the runs that it names', (context) => {
  const points =
    'run,metric,step,epoch,value\na,seconds,10,1,2.5\na,validationAccuracy,10,1,0.5\na,loss,1,,2\n';
  const { runs } = readRunFiles(files(context, { 'points.csv': points }));
  assert.deepEqual(runs[0]?.curves, [
    { tag: 'validationAccuracy', steps: [10], values: [0.5], epochs: [1], seconds: [2.5] },
    { tag: 'loss', steps: [1], values: [2], epochs: [null] },
  ]);
  const wrong = files(context, { 'points.csv': `${points}a,loss,x,,2\n` });
  assert.throws(() => readRunFiles(wrong), /points\.csv, row 5, column step: "x" is no number\./);
});

test('what is no table is refused with its place', (context) => {
  const refused = (name: string, text: string, message: RegExp): void => {
    assert.throws(() => readRunFiles(files(context, { [name]: text })), { message });
  };
  refused('a.csv', 'a,b\n1,2\n3\n', /a\.csv is not a table: row 3 has another number of columns/);
  refused('a.csv', 'a,b\n1,"2\n3,4\n', /a\.csv is not a table: a quotation mark is not closed/);
  refused('a.csv', 'a,a\n1,2\n', /two columns are called a/);
  refused('a.csv', '', /a\.csv is empty/);
  refused('a.json', '{"a": ', /a\.json is not JSON/);
  refused('a.json', '[1, 2]', /a\.json, entry 1: it is no object/);
  refused(
    'a.json',
    '{"kindlingVersion":"1","runs":[{"id":"x"}]}',
    /no export of Kindling's that can be read/,
  );
  refused('a.xlsx', 'PK', /a\.xlsx is nothing that runs are imported from/);
  assert.throws(() => readRunFiles(['/nowhere/a.csv']), { code: 'not-found' });
});
