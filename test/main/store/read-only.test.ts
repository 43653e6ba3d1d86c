import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { checkStore } from '../../../src-main/store/check-store.ts';
import { backUpStore } from '../../../src-main/store/backup-store.ts';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { kindling } from '../cli/command-line.ts';
import { fillStore } from '../cli/filled-store.ts';
import { temporaryFolder } from './sample-study.ts';

/** A folder whose content is made by `fill` and that nobody but root may write any more. */
function archive(context: TestContext, fill: (file: string) => void): { folder: string; file: string } {
  const above = mkdtempSync(join(tmpdir(), 'kindling-archive-'));
  const folder = join(above, 'archive, 100 % #1');
  mkdirSync(folder);
  const file = join(folder, 'kindling.sqlite');
  fill(file);
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
  chmodSync(above, 0o755);
  context.after(() => {
    chmodSync(folder, 0o755);
    rmSync(above, { recursive: true });
  });
  return { folder, file };
}

/** As somebody to whom permissions apply: the tests may be run by root. */
async function asOrdinaryUser<T>(action: () => T | Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

function leftCopies(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('kindling-read-'));
}

/** What a killed process leaves: a log with what is not yet in the store. */
function fillAndKill(file: string): void {
  fillStore(file);
  const script = `
    import Database from 'better-sqlite3';
    const database = new Database(${JSON.stringify(file)});
    database.exec("UPDATE studies SET dataset = 'in the log'");
    process.kill(process.pid, 'SIGKILL');`;
  const options = { cwd: import.meta.dirname };
  spawnSync(process.execPath, ['--input-type=module', '--eval', script], options);
  assert(existsSync(`${file}-wal`));
}

test('a store in a folder that cannot be written is read, checked and saved, and nothing is written there', async (context) => {
  const { folder, file } = archive(context, fillStore);
  const before = readdirSync(folder);
  await asOrdinaryUser(async () => {
    assert.throws(
      () => writeFileSync(join(folder, 'a'), ''),
      { code: 'EACCES' },
      'otherwise this shows nothing',
    );
    const store = openStore(file, { purpose: 'read' });
    assert.equal(store.runs().length, 8);
    assert.equal(store.runTable().runs.length, 8);
    assert.throws(() => store.saveView('a', {}), { code: 'usage' });
    store.close();
    assert.deepEqual([checkStore(file).runs, checkStore(file).differences], [8, []]);
    const destination = join(tmpdir(), `kindling-archive-${process.pid}.sqlite`);
    context.after(() => rmSync(destination, { force: true }));
    await assert.rejects(backUpStore(file), { code: 'usage', message: /choose a file elsewhere/ });
    await backUpStore(file, { destination });
    assert.equal(checkStore(destination).runs, 8);
    assert.throws(() => openStore(file, { purpose: 'schedule' }), {
      code: 'usage',
      message: /cannot be opened or written/,
    });
  });
  assert.deepEqual(readdirSync(folder), before);
});

for (const index of ['with', 'without']) {
  test(`what a killed process had in its log is read ${index} its index, or it is said why not`, async (context) => {
    const { file } = archive(context, (inside) => {
      fillAndKill(inside);
      if (index === 'without') rmSync(`${inside}-shm`);
    });
    const copies = leftCopies();
    await asOrdinaryUser(() => {
      const store = openStore(file, { purpose: 'read' });
      assert.equal(store.study('two-by-two').dataset, 'in the log');
      assert.throws(() => store.saveView('a', {}), { code: 'usage' }, 'a copy is not written either');
      store.close();
    });
    assert.deepEqual(leftCopies(), copies);
    chmodSync(`${file}-wal`, 0);
    await asOrdinaryUser(() => {
      assert.throws(() => openStore(file, { purpose: 'read' }), {
        code: 'usage',
        message: /latest changes are in .*-wal, which cannot be read.*store backup/,
      });
    });
    assert.deepEqual(leftCopies(), copies);
  });
}

test('a store of an older format is read where it cannot be brought up to date', async (context) => {
  const { file, folder } = archive(context, (inside) => {
    const database = connectWriter(inside);
    migrate(database, MIGRATIONS.slice(0, 3));
    database.exec(`INSERT INTO studies VALUES (1, 'old', 'shapes', 'abc', '{}', '', 1, 1, NULL)`);
    database.close();
  });
  const before = readFileSync(file);
  const copies = leftCopies();
  await asOrdinaryUser(() => {
    const store = openStore(file, { purpose: 'read' });
    assert.equal(store.study('old').dataset, 'shapes');
    store.close();
  });
  assert(readFileSync(file).equals(before));
  assert.deepEqual(readdirSync(folder), ['kindling.sqlite']);
  assert.deepEqual(leftCopies(), copies);
});

test('runs of a killed process are interrupted for whoever reads a copy of its store', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'kindling.sqlite');
  fillStore(file);
  const database = new Database(file);
  database.exec(
    `INSERT INTO runs (name, cell_id, seed, state, created_at, started_at) VALUES ('aaaaaaaa', 1, 9, 'running', 1, 1)`,
  );
  database.close();
  const listed = kindling(['run', 'list', '--state', 'interrupted', '--store', file]);
  assert.match(listed.stdout, /^aaaaaaaa .* interrupted/m);
  const copy = join(folder, 'copy.sqlite');
  copyFileSync(file, copy);
  const reader = openStore(copy, { purpose: 'read' });
  assert.equal(reader.study('two-by-two').runs.interrupted, 1);
  reader.close();
});
