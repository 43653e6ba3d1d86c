import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEntries, type PaletteEntry } from '../../../src-renderer/layout/find-entries.ts';

function entry(group: PaletteEntry['group'], title: string, about = ''): PaletteEntry {
  return { id: `${group} ${title}`, group, title, about, begin: () => undefined };
}

const ENTRIES = [
  entry('Actions', 'Pause demo', 'its runs end, and no further one begins'),
  entry('Runs', '20261129-demo-1', 'run of demo, seed 0'),
  entry('Studies', 'demo', 'study on shapes'),
  entry('Data sets', 'demo-images', 'data set'),
  entry('Pages', 'Studies', 'running studies'),
  entry('Pages', 'Runs', 'every run'),
];
const titles = (words: string, most = 12): string[] =>
  findEntries(ENTRIES, words, most).map(({ title }) => title);

test('pages come first, then studies, data sets, actions and runs, whatever their order', () => {
  assert.deepEqual(titles('demo'), ['demo', 'demo-images', 'Pause demo', '20261129-demo-1']);
});

test('every word must be there, in any case, in title or description', () => {
  assert.deepEqual(titles('DEMO pause'), ['Pause demo']);
  assert.deepEqual(titles('demo seed'), ['20261129-demo-1']);
  assert.deepEqual(titles('demo seven'), []);
});

test('what is called so stands before what is about it', () => {
  assert.deepEqual(titles('run').slice(0, 2), ['Runs', 'Studies']);
});

test('without words there are pages and studies only', () => {
  assert.deepEqual(titles(''), ['Studies', 'Runs', 'demo']);
});

test('no group crowds out the others', () => {
  const many = Array.from({ length: 50 }, (_, index) => entry('Studies', `demo ${index}`));
  const found = findEntries([...many, ...ENTRIES], 'demo', 3);
  assert.deepEqual(
    found.map(({ group }) => group),
    ['Studies', 'Studies', 'Studies', 'Data sets', 'Actions', 'Runs'],
  );
});
