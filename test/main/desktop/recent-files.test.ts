import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { recentFiles } from '../../../src-main/desktop/recent-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kindling-recent-'));
after(() => rmSync(folder, { recursive: true }));

test('the last ten files are kept, each once, the latest first; a damaged list is an empty one', () => {
  const file = path.join(folder, 'recent.json');
  const recent = recentFiles(file);
  for (let number = 1; number <= 12; number++) recent.add(`/${number}.kindling`);
  recent.add('/5.kindling');
  const numbers = [5, 12, 11, 10, 9, 8, 7, 6, 4, 3];
  assert.deepEqual(
    recentFiles(file).list(),
    numbers.map((number) => `/${number}.kindling`),
  );
  writeFileSync(file, '{');
  assert.deepEqual(recentFiles(file).list(), []);
  recent.clear();
  assert.deepEqual(recentFiles(file).list(), []);
});
