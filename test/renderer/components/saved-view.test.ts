import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  partsOfView,
  savedName,
  shownName,
  viewToSave,
} from '../../../src-renderer/components/saved-view.ts';

test('a page lists its own views, by the names that they were given, and no two share a name in the store', () => {
  const pages = ['runs', 'compare', 'layers'];
  const names = ['x', 'a: b', 'compare: x', 'runs: x', 'runs: compare: x'];
  const views = pages.flatMap((page) =>
    names.map((name) => ({ name: savedName(page, name), query: viewToSave(page, name, {}) })),
  );
  assert.equal(new Set(views.map(({ name }) => name)).size, views.length);
  for (const page of pages)
    assert.deepEqual(
      views.flatMap((view) => shownName(page, view) ?? []),
      names,
    );
});

test('views of earlier versions stay where they were saved', () => {
  const onPages = (name: string, query: unknown): (string | null)[] =>
    ['runs', 'compare', 'layers'].map((page) => shownName(page, { name, query }));
  assert.deepEqual(onPages('compare: x', { page: 'compare', query: {} }), [null, 'x', null]);
  assert.deepEqual(onPages('compare: x', { page: 'runs', query: {} }), ['compare: x', null, null]);
  assert.deepEqual(onPages('layers: x', { filter: 'sr<1', columns: [] }), ['layers: x', null, null]);
});

test('a view gives the parts of the address that it was saved with, to its page only', () => {
  const view = viewToSave('compare', 'mine', { study: 's', odd: ['a', 'b'], metric: 'seconds' });
  assert.deepEqual(partsOfView('compare', view), { study: 's', metric: 'seconds' });
  assert.equal(partsOfView('layers', view), null);
  assert.equal(partsOfView('runs', { filter: 'sr<1', columns: [] }), null);
});
