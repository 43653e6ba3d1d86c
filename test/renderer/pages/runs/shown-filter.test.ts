import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownFilter } from '../../../../src-renderer/pages/runs/shown-filter.ts';
import { queryRuns } from '../../../../src-shared/runs/query-runs.ts';
import { sampleRuns } from '../../../shared/charts/sample-runs.ts';

const { index } = sampleRuns('network.sr: [0.25, 0.5, 1]', 2);
const count = (filter: string): number =>
  queryRuns(index, { filter, sort: [], groupBy: [], summarize: [] }).rows.length;
const shown = (text: string, isTyped: boolean) => shownFilter(text, isTyped, (filter) => count(filter) > 0);

test('a filter empties the table at no key while it is typed', () => {
  for (const text of [
    'sr<=0.5 accuracy>0%',
    'sr<=0.5 study:sample',
    'sr<=0.5 state:complete (seed<1 or seed=1)',
  ])
    for (let end = 0; end <= text.length; end++) {
      const { text: followed, mistake } = shown(text.slice(0, end), true);
      assert(count(followed) > 0, text.slice(0, end));
      assert.equal(mistake, '', text.slice(0, end));
    }
});

test('what of a filter is not followed yet is said', () => {
  const note = (text: string) => shown(text, true).note;
  assert.equal(note('sr<=0.5 acc'), 'Showing runs that match "sr<=0.5"; none of them matches "acc" so far.');
  assert.equal(note('acc'), 'Showing all runs; none matches "acc" so far.');
  assert.equal(note('sr<=0.5 seed<'), 'Showing runs that match "sr<=0.5"; "seed<" is not complete yet.');
  assert.equal(note('sr<=0.5 seed<1'), '');
  assert(note(`run in (${'a, '.repeat(10_000)}`).length < 200);
});

test('a filter that is meant as it stands is followed, or said to be wrong', () => {
  assert.deepEqual(shown('sr<=0.5 acc', false), { text: 'sr<=0.5 acc', note: '', mistake: '' });
  // a blank ends a word
  assert.equal(count(shown('sr<=0.5 acc ', true).text), 0);
  for (const [text, isTyped, said] of [
    ['sr<=0.5 seed<', false, /a value is missing/],
    ['sr<=0.5 sed<1 ', true, /there is no column "sed"/],
  ] as const) {
    const { text: followed, note, mistake } = shown(text, isTyped);
    assert.equal(followed, 'sr<=0.5');
    assert.equal(note, 'Showing runs that match "sr<=0.5".');
    assert.match(mistake, said);
  }
});
