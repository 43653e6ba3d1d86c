import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFilter } from '../../../src-shared/runs/filter/parse-filter.ts';
import { suggestFilter } from '../../../src-shared/runs/filter/suggest-filter.ts';
import { processorTime } from '../../processor-time.ts';
import { sampleTable } from './sample-table.ts';

const table = sampleTable();

/** What the text becomes with each suggestion; the cursor stands at `|`. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, suggestions } = suggestFilter(text, cursor, table);
  return suggestions.map((suggestion) => text.slice(0, from) + suggestion.text + text.slice(to));
}

test('names are completed, those that begin with it first, and only of columns with values', () => {
  assert.deepEqual(completed('sr=1 stud|'), ['sr=1 study:']);
  assert.equal(completed('squee|')[0], 'sr=', 'by its title');
  assert.ok(completed('learn|').includes('lr='));
  assert.ok(completed('-ta|').includes('-tag:'));
  assert.deepEqual(completed('alph|'), [], 'no run has a width multiplier');
  assert.ok(completed('|').length >= 20);
});

test('a whole name is completed by operators', () => {
  assert.deepEqual(completed('sr|').slice(0, 3), ['sr=', 'sr<=', 'sr>=']);
  assert.ok(completed('(study| or x)').includes('(study in ( or x)'));
});

test('values that occur are completed, also in lists and in quotation marks', () => {
  assert.deepEqual(completed('state:|'), ['state:running', 'state:complete', 'state:failed']);
  assert.deepEqual(completed('state:comp| sr=1'), ['state:complete sr=1']);
  assert.deepEqual(completed('lr in (0.05, |'), ['lr in (0.05, 0.05', 'lr in (0.05, 0.1']);
  assert.deepEqual(completed('study:"oth|er"'), ['study:"other study"']);
  assert.deepEqual(completed('tag=b|'), ['tag=bad', 'tag=baseline']);
  const { suggestions, total } = suggestFilter('seed=', 5, table);
  assert.deepEqual(
    suggestions.map(({ text, detail }) => `${text} ${detail}`),
    ['0 3 runs', '1 2 runs', '2 2 runs'],
  );
  assert.equal(total, 3);
});

test('every suggested value can be read', () => {
  for (const start of ['study:', 'state:', 'sr=', 'tag:', 'augment:', 'accuracy=', 'note:', 'id:']) {
    const texts = completed(`${start}|`);
    assert.ok(texts.length > 0, start);
    for (const text of texts) parseFilter(text);
  }
});

test('a quoted text is left alone', () => {
  assert.deepEqual(completed('"stud|'), []);
  assert.deepEqual(completed('"a b" stud|'), ['"a b" study:']);
});

test('a long filter is completed as soon as a short one', () => {
  const list = Array.from({ length: 100_000 }, (_, index) => `${index}`).join(',');
  const started = processorTime();
  assert.ok(completed(`seed in (${list}, |`).length > 0);
  for (const text of ['a'.repeat(1e6), ' '.repeat(1e6), 'sr in '.repeat(1e5), `sr="${'a'.repeat(1e6)}`])
    assert.ok(completed(`${text}|`).length < 100);
  assert(processorTime() - started < 2000);
});
