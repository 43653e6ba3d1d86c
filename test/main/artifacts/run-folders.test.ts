import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { beginRunFolder, removeRunFolders, type Removal } from '../../../src-main/artifacts/run-folders.ts';
import { unfinishedPath } from '../../../src-main/files/unfinished-files.ts';
import { artifactsFolder, storeFile } from '../../../src-main/home.ts';
import { backUpStore } from '../../../src-main/store/backup-store.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { restoreStore } from '../../../src-main/store/restore-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { RESULT, startedRun, studyInput, temporaryFolder } from '../store/sample-study.ts';

const WEIGHTS = 'weights';

/** A store with one complete run, whose folder holds a checkpoint; closed. */
function homeWithRun(context: TestContext, home = temporaryFolder(context)) {
  const store = openStore(storeFile(home), { purpose: 'schedule' });
  store.saveStudy(studyInput());
  const run = trainedRun(store, 0);
  store.close();
  return { home, file: storeFile(home), run, folder: join(artifactsFolder(home), run) };
}

function trainedRun(store: Store, seed: number): string {
  const run = startedRun(store, seed);
  beginRunFolder(store, run);
  writeFileSync(join(store.artifactsRoot, run, 'last.safetensors'), WEIGHTS);
  store.completeRun(run, RESULT);
  return run;
}

/** Deletes the study of a store for good, as one who has only this store would. */
async function emptyTrash(file: string, home: string): Promise<Removal[]> {
  const store = openStore(file, { purpose: 'schedule', artifactsRoot: artifactsFolder(home) });
  try {
    store.trashStudy('sample');
    store.deleteTrashed(null);
    const removals = await removeRunFolders(store);
    assert.deepEqual(store.removals(), [], 'nothing is left to be done');
    return removals;
  } finally {
    store.close();
  }
}

function isWhole(folder: string): boolean {
  return existsSync(join(folder, 'last.safetensors'));
}

test('emptying the trash removes the folders of the runs and says what that freed', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  const [removal] = await emptyTrash(file, home);
  assert.deepEqual([removal?.folder, removal?.left], [folder, null]);
  assert((removal?.freedBytes ?? 0) > WEIGHTS.length, 'the mark counts, too');
  assert(!existsSync(folder));
});

test('in a copy the trash takes nothing of the original, however the copy came about', async (context) => {
  const ways: Record<string, (file: string, copy: string) => unknown> = {
    backup: (file, copy) => backUpStore(file, { destination: copy }),
    cp: (file, copy) => copyFileSync(file, copy),
  };
  for (const [way, make] of Object.entries(ways)) {
    const { home, file, run, folder } = homeWithRun(context);
    const copy = join(home, 'copy.sqlite');
    await make(file, copy);
    const removals = await emptyTrash(copy, home);
    assert.deepEqual([removals[0]?.folder, removals[0]?.freedBytes], [folder, 0], way);
    assert.match(removals[0]?.left ?? '', /another store/, way);
    assert(isWhole(folder), way);
    const original = openStore(file, { purpose: 'schedule' });
    assert.equal(original.run(run).artifacts, folder);
    original.close();
    assert.equal((await emptyTrash(file, home))[0]?.left, null, `${way}: the original may`);
  }
});

test('a copy owns what it trains itself, and its original does not', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  const copy = join(home, 'copy.sqlite');
  copyFileSync(file, copy);
  const store = openStore(copy, { purpose: 'schedule' });
  const later = trainedRun(store, 1);
  store.close();
  const kept = join(home, 'of-the-copy.sqlite');
  copyFileSync(copy, kept);
  const removals = await emptyTrash(copy, home);
  assert.deepEqual(
    removals.filter(({ left }) => left === null).map((removal) => removal.folder),
    [join(artifactsFolder(home), later)],
  );
  assert(isWhole(folder));
});

test('a restored store owns the folders again, and the one that it replaced can come back', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  const backup = join(home, 'backup.sqlite');
  await backUpStore(file, { destination: backup });
  const store = openStore(file, { purpose: 'schedule' });
  const later = join(artifactsFolder(home), trainedRun(store, 1));
  store.close();
  const { kept } = await restoreStore(file, backup);
  assert(kept !== null);
  // opened beside the restored one, it is a copy
  const copy = join(home, 'before.sqlite');
  copyFileSync(kept, copy);
  assert((await emptyTrash(copy, home)).every(({ left }) => left !== null));
  await restoreStore(file, kept);
  const removals = await emptyTrash(file, home);
  assert(removals.every(({ left }) => left === null));
  assert(!existsSync(folder) && !existsSync(later));
});

test('a home that was moved, and a store that was renamed, own what they owned', async (context) => {
  const { home, run } = homeWithRun(context);
  const moved = join(temporaryFolder(context), 'moved');
  // as rsync does, so that no inode is the same
  cpSync(home, moved, { recursive: true });
  rmSync(home, { recursive: true });
  const renamed = join(moved, 'lab.sqlite');
  renameSync(storeFile(moved), renamed);
  const store = openStore(renamed, { purpose: 'read' });
  assert.equal(store.run(run).artifacts, join(moved, 'artifacts', run));
  store.close();
  renameSync(renamed, storeFile(moved));
  openStore(storeFile(moved), { purpose: 'schedule' }).close();
  const [removal] = await emptyTrash(storeFile(moved), moved);
  assert.equal(removal?.left, null);

  const second = homeWithRun(context);
  const elsewhere = join(second.home, 'lab.sqlite');
  renameSync(second.file, elsewhere);
  homeWithRun(context, second.home);
  assert.equal((await emptyTrash(elsewhere, second.home))[0]?.left, null);
  assert(!existsSync(second.folder));
});

test('two stores in one home, and a copy whose home links to the folder of artifacts, keep apart', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  const lab = join(home, 'lab.sqlite');
  const store = openStore(lab, { purpose: 'schedule' });
  store.saveStudy(studyInput());
  const other = join(artifactsFolder(home), trainedRun(store, 0));
  store.close();
  const linked = temporaryFolder(context);
  symlinkSync(artifactsFolder(home), artifactsFolder(linked));
  copyFileSync(file, storeFile(linked));
  assert.match((await emptyTrash(storeFile(linked), linked))[0]?.left ?? '', /another store/);
  assert.equal((await emptyTrash(lab, home))[0]?.left, null);
  assert(isWhole(folder) && !existsSync(other));
});

test('of folders from before they were marked, those of the home’s own store are its own', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  rmSync(join(folder, 'owner'));
  const copy = join(home, 'copy.sqlite');
  copyFileSync(file, copy);
  assert.match((await emptyTrash(copy, home))[0]?.left ?? '', /another store/);
  assert(isWhole(folder));
  assert.equal((await emptyTrash(file, home))[0]?.left, null);
});

test('the store of another home has its checkpoints there, and owns them there', async (context) => {
  const { file, run, folder } = homeWithRun(context);
  const home = temporaryFolder(context);
  const store = openStore(file, { purpose: 'schedule', artifactsRoot: artifactsFolder(home) });
  assert.equal(store.run(run).artifacts, folder);
  const later = trainedRun(store, 1);
  store.close();
  const here = join(artifactsFolder(home), later);
  assert(isWhole(here), 'what is trained goes into the home that is in use');
  const removals = await emptyTrash(file, home);
  assert.deepEqual(
    removals.map(({ left }) => left),
    [null, null],
  );
  assert(!existsSync(folder) && !existsSync(here));
});

test('only a folder with a run’s name in the folder of artifacts is ever removed', async (context) => {
  const { home, file, folder } = homeWithRun(context);
  const outside = join(home, 'precious');
  mkdirSync(outside);
  writeFileSync(join(outside, 'last.safetensors'), WEIGHTS);
  copyFileSync(join(folder, 'owner'), join(outside, 'owner'));
  symlinkSync(outside, join(folder, 'linked'));
  rmSync(join(folder, 'last.safetensors'));
  await emptyTrash(file, home);
  assert(!existsSync(folder) && isWhole(outside), 'a link within is removed and not followed');

  for (const name of ['..', '.', '../precious', '/etc', '.stores', '']) {
    const database = new Database(file);
    database.exec('DELETE FROM removals');
    database.prepare('INSERT INTO removals (run) VALUES (?)').run(name);
    database.close();
    const store = openStore(file, { purpose: 'schedule' });
    await assert.rejects(removeRunFolders(store), { code: 'store-damaged' }, name);
    store.close();
    assert(isWhole(outside) && existsSync(join(artifactsFolder(home), '.stores')), name);
  }

  const second = homeWithRun(context);
  rmSync(second.folder, { recursive: true });
  symlinkSync(outside, second.folder);
  assert.equal((await emptyTrash(second.file, second.home))[0]?.left, 'it is not a folder');
  assert(isWhole(outside) && existsSync(second.folder));
});

test('a store that names its runs otherwise than Kindling does is not read on', (context) => {
  const { file } = homeWithRun(context);
  const database = new Database(file);
  database.exec(
    "INSERT INTO runs (name, cell_id, seed, state, created_at, started_at) VALUES ('..', 1, 9, 'running', 1, 1)",
  );
  database.close();
  const store = openStore(file, { purpose: 'read' });
  assert.throws(() => store.runs(), { code: 'store-damaged', message: /"\.\."/ });
  store.close();
});

test('an end in the middle of emptying the trash is made up for', async (context) => {
  const { file, folder } = homeWithRun(context);
  const before = openStore(file, { purpose: 'schedule' });
  before.trashStudy('sample');
  before.deleteTrashed(null);
  before.close();
  assert(isWhole(folder), 'it ended here');
  const store = openStore(file, { purpose: 'schedule' });
  assert.equal((await removeRunFolders(store))[0]?.left, null);
  assert.deepEqual(store.removals(), []);
  store.close();
  assert(!existsSync(folder));
});

test('a checkpoint that a killed trainer was writing goes when its run is interrupted', (context) => {
  const { file } = homeWithRun(context);
  const store = openStore(file, { purpose: 'schedule' });
  const run = startedRun(store, 5);
  beginRunFolder(store, run);
  const folder = join(store.artifactsRoot, run);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const unfinished = unfinishedPath(join(folder, 'best.safetensors'));
  writeFileSync(unfinished.replace(`-${process.pid}-`, `-${pid}-`), WEIGHTS);
  store.close();
  openStore(file, { purpose: 'schedule' }).close();
  assert.deepEqual(readdirSync(folder), ['owner']);
});
