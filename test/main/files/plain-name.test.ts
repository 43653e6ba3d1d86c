import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { exportTensorBoard } from '../../../src-main/exports/tensorboard/export-tensorboard.ts';
import { plainName } from '../../../src-main/files/plain-name.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { findCheckpoint, runOwner } from '../../../src-main/checkpoints/find-checkpoint.ts';
import { fillStore } from '../cli/filled-store.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const OUTSIDE = ['..', '.', '', '../a', 'a/b', '/etc/passwd', 'a\\b', 'a\0b'];

test('a name out of a store stays within the folder that it is put into', (context) => {
  for (const name of ['best.safetensors', 'a..b', '...', 'größe 1']) assert.equal(plainName(name), name);
  for (const name of OUTSIDE) assert.throws(() => plainName(name), { code: 'store-damaged' }, name);

  const checkpoint = { kind: 'last', file: '../../secret', sha256: '0' };
  assert.throws(() => findCheckpoint(runOwner('run'), '/artifacts/run', [checkpoint], 'last'), {
    code: 'store-damaged',
  });

  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const database = new Database(file);
  database.exec("UPDATE studies SET name = '../../outside'");
  database.close();
  const store = openStore(file, { purpose: 'read' });
  context.after(() => store.close());
  const runs = store.runs().map(({ id }) => id);
  assert.throws(() => [...exportTensorBoard(store, runs)], { code: 'store-damaged' });
});
