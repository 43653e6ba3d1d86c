import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listFolder } from '../../../src-main/files/list-folder.ts';
import { MOST_ENTRIES } from '../../../src-shared/contract/api/folders.ts';

const ALL = { containing: '', hidden: false };

function someFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-list-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('folders come first, names in the order of their numbers, links as what they lead to', async (context) => {
  const folder = someFolder(context);
  const long = 'x'.repeat(255);
  for (const name of ['b10', 'b9', long]) writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'z'));
  mkdirSync(join(folder, '.cache'));
  symlinkSync(join(folder, 'z'), join(folder, 'to-z'));
  symlinkSync(join(folder, 'b9'), join(folder, 'to-b9'));
  symlinkSync(join(folder, 'gone'), join(folder, 'to-nothing'));
  const { entries, parent, matching, hidden, file } = await listFolder(folder, ALL);
  assert.deepEqual(
    entries.map(({ name, kind, isLink, bytes }) => [name, kind, isLink, bytes]),
    [
      ['to-z', 'folder', true, null],
      ['z', 'folder', false, null],
      ['b9', 'file', false, 2],
      ['b10', 'file', false, 3],
      ['to-b9', 'file', true, 2],
      ['to-nothing', 'other', true, null],
      [long, 'file', false, 255],
    ],
  );
  assert.deepEqual([parent, matching, hidden, file], [tmpdir(), 7, 1, null]);
  const withHidden = await listFolder(folder, { containing: 'CA', hidden: true });
  assert.deepEqual(
    withHidden.entries.map(({ name }) => name),
    ['.cache'],
  );
});

test('a path of a file lists its folder; of a large folder the first entries of all are told', async (context) => {
  const folder = someFolder(context);
  for (let number = 0; number < MOST_ENTRIES + 20; number++) writeFileSync(join(folder, `n${number}`), '');
  const { entries, matching, file, path } = await listFolder(join(folder, 'n3'), ALL);
  assert.deepEqual(
    [entries.length, entries.at(-1)?.name, matching, file, path],
    [MOST_ENTRIES, `n${MOST_ENTRIES - 1}`, MOST_ENTRIES + 20, 'n3', folder],
  );
});

test('what is not there or may not be read is said by its path', async (context) => {
  const folder = someFolder(context);
  await assert.rejects(listFolder(join(folder, 'none'), ALL), { code: 'not-found', message: /none/ });
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(listFolder(join(folder, 'file', 'below'), ALL), { code: 'not-found' });
  // root may read everything
  if (process.getuid?.() === 0) return;
  mkdirSync(join(folder, 'closed'));
  chmodSync(join(folder, 'closed'), 0);
  await assert.rejects(listFolder(join(folder, 'closed'), ALL), {
    code: 'usage',
    message: /closed.*may not/,
  });
});
