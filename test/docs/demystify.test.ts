import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const DOCS = path.join(import.meta.dirname, '..', '..', 'docs');

test('the table of the page on the published SqueezeNet is in the files beside it', () => {
  const page = readFileSync(path.join(DOCS, 'demystify.md'), 'utf8');
  const found = ['clusters', 'clusters-of-energy', 'clusters-of-grid', 'clusters-of-window', 'probe'].map(
    cellsOf,
  );
  const [clusters, ...others] = found;
  const rows = [...page.matchAll(/^\| (\S+) +\| (\d\.\d+.*) \|$/gm)];
  assert.equal(rows.length, 9);
  for (const [, layer = '', cells = ''] of rows) {
    const columns = [
      clusters?.(layer, 'cross-entropy', 'value'),
      clusters?.(layer, 'cross-entropy', 'untrained'),
      clusters?.(layer, 'plain cross-entropy', 'value'),
      ...others.map((table) => table?.(layer, 'cross-entropy', 'value')),
    ];
    const rounded = columns.map((value) => Number(value).toFixed(3));
    assert.deepEqual(
      cells.split('|').map((cell) => cell.trim()),
      rounded,
      layer,
    );
  }
});

/** A cell of a table that a recipe wrote. */
function cellsOf(name: string): (layer: string, measure: string, column: string) => string | undefined {
  const text = readFileSync(path.join(DOCS, 'demystify', `${name}.csv`), 'utf8');
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const at = (row: readonly string[], column: string): string | undefined => row[head.indexOf(column)];
  return (layer, measure, column) => {
    const row = rows.find((each) => at(each, 'layer') === layer && at(each, 'measure') === measure);
    return row && at(row, column);
  };
}
