import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Backup, Restored, StoreCheck } from '../../../src-shared/contract/api/store-files.ts';
import { kindling } from './command-line.ts';
import { fillStore } from './filled-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-store-'));
const store = join(folder, 'kindling.sqlite');
before(() => fillStore(store));
after(() => rmSync(folder, { recursive: true }));

test('`store backup` and `store restore` go there and back, while the store is checked', () => {
  const backup = kindling(['store', 'backup', '--store', store, '--json']);
  assert.equal(backup.status, 0, backup.stderr);
  const { file } = JSON.parse(backup.stdout) as Backup;
  assert(file.startsWith(join(folder, 'backups', 'kindling-')));
  const writer = openStore(store, { purpose: 'schedule', holder: 'kindling serve' });
  writer.trashStudy('two-by-two');
  writer.deleteTrashed(null);
  const busy = kindling(['store', 'restore', file, '--store', store]);
  assert.equal(busy.status, 1);
  assert.match(busy.stderr, /is in use by kindling serve \(process \d+ on .*\)\. Use that program/);
  writer.close();

  const restored = kindling(['store', 'restore', file, '--store', store, '--json']);
  assert.equal(restored.status, 0, restored.stderr);
  const { kept } = JSON.parse(restored.stdout) as Restored;
  assert(existsSync(kept ?? ''));
  const check = kindling(['store', 'check', '--store', store, '--json']);
  assert.equal(check.status, 0, check.stderr);
  const { studies, runs } = JSON.parse(check.stdout) as StoreCheck;
  assert.deepEqual([studies, runs], [1, 8]);
  assert.match(
    kindling(['store', 'check', kept ?? '']).stdout,
    new RegExp(`^whole: .*, 0 studies with 0 runs, .*format ${MIGRATIONS.length}\\n$`),
  );
});

test('`store empty-trash` says what is in the trash, and deletes it for good when told', () => {
  const file = join(folder, 'emptied.sqlite');
  fillStore(file);
  const empty = (...more: string[]): string => {
    const { status, stdout, stderr } = kindling(['store', 'empty-trash', '--store', file, ...more]);
    assert.equal(status, 0, stderr);
    return stdout;
  };
  assert.equal(empty(), 'The trash is empty.\n');
  const writer = openStore(file, { purpose: 'schedule' });
  writer.trashStudy('two-by-two');
  writer.close();
  // the job of a cluster that was to have this done does not try again and again
  const collected = kindling(['study', 'collect', 'two-by-two', '--store', file]);
  assert.equal(collected.status, 0, collected.stderr);
  assert.match(collected.stdout, /^two-by-two is in the trash: nothing was taken\./);
  assert.match(empty(), /^In the trash: 1 study and all its runs\. `--yes` deletes/);
  assert.match(empty('--yes'), /^Deleted for good: 1 study and all its runs; 0 B freed\.\n$/);
  assert.equal(empty(), 'The trash is empty.\n');
});

test('a backup does not overwrite a file', () => {
  const { status, stderr } = kindling(['store', 'backup', store, '--store', store]);
  assert.equal(status, 2);
  assert.match(stderr, /^kindling: .* already exists: choose a new file name\.\n$/);
});

test('`store check` says what is missing and what is too much', () => {
  const changed = join(folder, 'changed.sqlite');
  fillStore(changed);
  const database = new Database(changed);
  database.exec(`
    DROP TRIGGER finished_run_never_changes;
    DROP INDEX runs_of_cell;
    ALTER TABLE notes ADD COLUMN author TEXT;
    CREATE TABLE songs (title TEXT);
    DROP TRIGGER run_states_in_order;
    CREATE TRIGGER run_states_in_order BEFORE UPDATE OF state ON runs BEGIN SELECT 1; END;`);
  database.close();
  const { status, stdout, stderr } = kindling(['store', 'check', changed]);
  assert.equal(status, 1);
  assert.match(stdout, /^readable: /);
  assert.match(
    stderr,
    /missing: index runs_of_cell, trigger finished_run_never_changes; extra: table songs, column notes\.author; changed: trigger run_states_in_order\)/,
  );
  const backup = kindling(['store', 'backup', '--store', changed, '--json']);
  assert.equal(backup.status, 0, 'what can be read can be saved');

  const again = new Database(changed);
  again.exec('DROP TABLE views; ALTER TABLE notes DROP COLUMN text');
  again.close();
  const lost = kindling(['store', 'check', changed]);
  assert.equal(lost.status, 1);
  assert.match(lost.stderr, /is damaged \(missing: table views, column notes\.text\)/);
});
