import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { backUpStore, backupsFolder, listBackups } from '../../../src-main/store/backup-store.ts';
import { checkStore } from '../../../src-main/store/check-store.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { restoreStore } from '../../../src-main/store/restore-store.ts';
import { kindling } from '../cli/command-line.ts';
import { epochPoint, RESULT, startedRun, stepPoint, studyInput, temporaryFolder } from './sample-study.ts';

const WRITER = fileURLToPath(new URL('../../fixtures/store-writer.ts', import.meta.url));

/** A store with one complete run; a large one takes several steps to copy. */
function filledStore(context: TestContext, large = false): { file: string; run: string } {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  store.saveStudy(studyInput());
  const run = startedRun(store, 9);
  const points = Array.from({ length: 5000 }, (_, index) => stepPoint(index + 1));
  store.appendPoints([{ run, steps: points, epochs: [epochPoint(1, true)] }]);
  store.completeRun(run, RESULT);
  store.annotate([run], { note: 'first' });
  if (large) store.saveView('large', 'x'.repeat(10_000_000));
  store.close();
  return { file, run };
}

function noteOf(file: string): string | undefined {
  const store = openStore(file, { purpose: 'read' });
  try {
    return store.runTable().runs[0]?.note;
  } finally {
    store.close();
  }
}

test('a backup made while another process schedules holds one state of the store', async (context) => {
  const { file } = filledStore(context, true);
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  try {
    const lines: string[] = [];
    await new Promise<void>((begun, failed) => {
      child.once('exit', () => failed(new Error('the writer ended')));
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (lines.push(line) === 3) begun();
      });
    });
    const before = Number(lines.at(-1));
    const shares: number[] = [];
    const backup = await backUpStore(file, { onProgress: (share) => shares.push(share) });
    assert(shares.length > 1 && shares.every((share, index) => share >= (shares[index - 1] ?? 0)));
    assert.equal(backup.bytes, statSync(backup.file).size);
    assert.deepEqual(listBackups(file), [backup]);
    assert.deepEqual(
      readdirSync(backupsFolder(file)),
      [basename(backup.file)],
      'one file, nothing beside it',
    );
    const copy = openStore(backup.file, { purpose: 'read' });
    const [, running] = copy.runs();
    const { steps } = copy.series(running?.id ?? '');
    copy.close();
    assert(steps.length >= before && steps.length % 20 === 0, `${steps.length} points, ${before} before`);
    assert.deepEqual([running?.state, running?.step], ['interrupted', steps.length]);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
});

test('a backup that is stopped or cannot be leaves no file', async (context) => {
  const { file } = filledStore(context, true);
  const controller = new AbortController();
  const reason = new Error('enough');
  const stopped = backUpStore(file, {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await assert.rejects(stopped, reason);
  assert.deepEqual(readdirSync(backupsFolder(file)), []);
  await assert.rejects(backUpStore(file, { destination: file }), {
    code: 'usage',
    message: /already exists/,
  });
  await assert.rejects(backUpStore(join(dirname(file), 'none.sqlite')), { code: 'not-found' });
});

test('a damaged store is not backed up as if it were whole', async (context) => {
  const { file } = filledStore(context);
  // pages that opening does not look at, and then all
  for (const end of [24_096, Infinity]) {
    const bytes = readFileSync(file);
    bytes.fill(0x55, 4096, Math.min(end, bytes.length));
    writeFileSync(file, bytes);
    assert.throws(() => checkStore(file), { code: 'store-damaged' });
    // it is the store that is said to be, not the backup, which is gone
    await assert.rejects(backUpStore(file), (error: unknown) => {
      assert(error instanceof Problem && error.code === 'store-damaged');
      return error.message.startsWith(`The store ${file} is damaged (`);
    });
    assert.deepEqual(listBackups(file), []);
  }
});

test('a restored backup is the store as it was, and the present one is kept', async (context) => {
  const { file, run } = filledStore(context);
  const { file: backup } = await backUpStore(file);
  const store = openStore(file, { purpose: 'schedule' });
  store.annotate([run], { note: 'second' });
  const table = store.series(run);
  store.close();
  const { kept, check } = await restoreStore(file, backup);
  assert(kept !== null);
  assert.deepEqual([check.file, check.studies, check.runs], [file, 1, 1]);
  assert.deepEqual([noteOf(file), noteOf(kept), noteOf(backup)], ['first', 'second', 'first']);
  const again = openStore(file, { purpose: 'schedule' });
  assert.deepEqual(again.series(run), table);
  again.close();
  // the way back
  await restoreStore(file, kept);
  assert.equal(noteOf(file), 'second');
  assert.equal(listBackups(file).length, 3);
});

test('a store that is damaged or missing is restored too', async (context) => {
  const { file } = filledStore(context);
  const { file: backup } = await backUpStore(file);
  writeFileSync(file, 'no database at all');
  writeFileSync(`${file}-wal`, 'a log of it');
  const { kept } = await restoreStore(file, backup);
  assert.equal(noteOf(file), 'first');
  assert.equal(readFileSync(kept ?? '', 'utf8'), 'no database at all');
  const elsewhere = join(temporaryFolder(context), 'deep', 'new.sqlite');
  assert.equal((await restoreStore(elsewhere, backup)).kept, null);
  assert.equal(noteOf(elsewhere), 'first');
});

test('what is no whole store of this format is not restored, and the store stays', async (context) => {
  const { file } = filledStore(context);
  const folder = temporaryFolder(context);
  const make = (name: string, change: (path: string) => void): string => {
    const path = join(folder, name);
    change(path);
    return path;
  };
  const { file: backup } = await backUpStore(file, { destination: join(folder, 'backup.sqlite') });
  const refused: [path: string, code: string, message: RegExp][] = [
    [make('text', (path) => writeFileSync(path, 'text')), 'store-damaged', /text is not a Kindling store/],
    [
      make('songs', (path) => new Database(path).exec('CREATE TABLE songs (title TEXT)').close()),
      'store-damaged',
      /songs is a SQLite database of another program/,
    ],
    [
      make('damaged', (path) => {
        const bytes = readFileSync(backup);
        bytes.fill(0x55, 4096, 24_096);
        writeFileSync(path, bytes);
      }),
      'store-damaged',
      /\/damaged is damaged/,
    ],
    [
      make('newer', (path) => {
        writeFileSync(path, readFileSync(backup));
        const newer = new Database(path);
        newer.pragma('user_version = 99');
        newer.close();
      }),
      'store-newer',
      /newer was made by a newer Kindling/,
    ],
    [join(folder, 'none'), 'not-found', /no backup at .*none/],
    [file, 'usage', /is the store itself/],
  ];
  for (const [path, code, message] of refused) {
    await assert.rejects(restoreStore(file, path), { code, message });
  }
  assert.equal(noteOf(file), 'first');
  assert(!existsSync(backupsFolder(file)), 'nothing was kept, nothing was replaced');
  assert.deepEqual(
    readdirSync(dirname(file)).filter((name) => name.includes('unfinished')),
    [],
  );
});

test('kill -9 during a backup leaves a part that the next backup, restore, check or opening removes', async (context) => {
  const { file } = filledStore(context, true);
  const left = (): string[] =>
    readdirSync(backupsFolder(file)).filter((name) => name.includes('.unfinished'));
  const clearUp: Record<string, () => unknown> = {
    backup: () => backUpStore(file),
    restore: () => restoreStore(file, listBackups(file)[0]?.file ?? ''),
    check: () => kindling(['store', 'check', file]),
    opening: () => openStore(file, { purpose: 'schedule' }).close(),
  };
  for (const [command, run] of Object.entries(clearUp)) {
    const script = `
      import { backUpStore } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/store/backup-store.ts'))};
      const onProgress = (share) => share > 0.3 && process.kill(process.pid, 'SIGKILL');
      await backUpStore(${JSON.stringify(file)}, { onProgress });`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    assert.equal(signal, 'SIGKILL');
    assert(left().length > 0, 'otherwise this shows nothing');
    await run();
    assert.deepEqual(left(), [], command);
    assert.equal(noteOf(file), 'first');
  }
});

test('a store in use is not replaced', async (context) => {
  const { file } = filledStore(context);
  const { file: backup } = await backUpStore(file);
  const store = openStore(file, { purpose: 'schedule', holder: 'kindling serve' });
  await assert.rejects(restoreStore(file, backup), {
    code: 'store-busy',
    message: new RegExp(`in use by kindling serve \\(process ${process.pid} on `),
  });
  // whoever reads would go on with the log of a store that is gone
  const reader = openStore(file, { purpose: 'read' });
  assert.equal(reader.runs().length, 1);
  store.close();
  await assert.rejects(restoreStore(file, backup), {
    code: 'store-busy',
    message: /locked by another program/,
  });
  assert.equal(reader.runTable().runs[0]?.note, 'first');
  reader.close();
  assert.deepEqual(listBackups(file).length, 1, 'nothing was kept, nothing was replaced');
  await restoreStore(file, backup);
});
