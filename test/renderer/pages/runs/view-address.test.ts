import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, listText } from '../../../../src-renderer/components/list-text.ts';
import { DEFAULT_VIEW, type TableView } from '../../../../src-renderer/pages/runs/table-view.ts';
import { partsOf, viewOf } from '../../../../src-renderer/pages/runs/view-address.ts';

test('any view of the table of runs is the same after a way through the address', () => {
  const views: TableView[] = [
    DEFAULT_VIEW,
    { ...DEFAULT_VIEW, filter: ' sr<=0.25, ', columns: [], onlyVarying: false },
    {
      ...DEFAULT_VIEW,
      sort: [
        { column: 'testAccuracy', descending: true },
        { column: 'a, odd: ~name', descending: false },
      ],
      groupBy: ['study', 'cell', '~.'],
      columns: ['down:state', 'none'],
    },
  ];
  for (const view of views) assert.deepEqual(viewOf(partsOf(view)), view);
});

test('the usual view leaves the address empty, and words that are not known are ignored', () => {
  assert.deepEqual(new Set(Object.values(partsOf(DEFAULT_VIEW))), new Set(['']));
  assert.deepEqual(viewOf({ ...partsOf(DEFAULT_VIEW), sort: 'sideways:seed' }), DEFAULT_VIEW);
});

test('names with commas and tildes stay apart', () => {
  for (const names of [[], ['a'], ['a,b', 'c'], ['~', '~.', ',~', '~~,']])
    assert.deepEqual(listOf(listText(names)), names);
});
