import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { draftFiles } from '../../../src-main/drafts/draft-files.ts';
import { draftsFolder } from '../../../src-main/home.ts';
import { temporaryFolder } from '../store/sample-study.ts';

test('of two windows that write to one draft, neither loses its text', (context) => {
  const home = temporaryFolder(context);
  const drafts = draftFiles(home);
  const { draft } = drafts.save('study: a\n', null);
  const base = { id: draft.id, base: draft.version };
  assert.equal(drafts.save('study: a\nseeds: 1\n', base).isApart, false);
  const second = drafts.save('study: a\nseeds: 2\n', base);
  assert.equal(second.isApart, true);
  assert.deepEqual(
    drafts
      .list()
      .map(({ text }) => text)
      .sort(),
    ['study: a\nseeds: 1\n', 'study: a\nseeds: 2\n'],
  );
  // an answer that was lost on its way: the same text again is no second draft
  assert.equal(drafts.save('study: a\nseeds: 1\n', base).draft.id, draft.id);
  // what was deleted elsewhere goes on as another draft
  assert.equal(drafts.remove(draft.id, drafts.save('study: a\nseeds: 1\n', base).draft.version), true);
  assert.equal(drafts.save('study: a\nseeds: 3\n', base).isApart, true);
});

test('a draft that was changed since it was listed is not deleted', (context) => {
  const drafts = draftFiles(temporaryFolder(context));
  const { draft } = drafts.save('study: a\n', null);
  const { draft: changed } = drafts.save('study: b\n', { id: draft.id, base: draft.version });
  assert.equal(drafts.remove(draft.id, draft.version), false);
  assert.deepEqual(drafts.list(), [changed]);
});

test('drafts are files of the home, each with the name that its text gives', (context) => {
  const home = temporaryFolder(context);
  mkdirSync(join(draftsFolder(home), 'folder.yaml'), { recursive: true });
  writeFileSync(join(draftsFolder(home), 'by-hand.yaml'), '# mine\nstudy: "by hand" # still open\nvary: [');
  writeFileSync(join(draftsFolder(home), 'nameless.yaml'), 'dataset: shapes\n');
  assert.deepEqual(
    draftFiles(home)
      .list()
      .map(({ id, name }) => [id, name])
      .sort(),
    [
      ['by-hand', 'by hand'],
      ['nameless', ''],
    ],
  );
});

test('a home that cannot be written says so', (context) => {
  const home = join(temporaryFolder(context), 'home');
  writeFileSync(home, 'no folder');
  assert.throws(() => draftFiles(home).save('study: a\n', null), {
    code: 'usage',
    message: /cannot be written .* save the draft as a file/,
  });
});
