import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { RESULT, startedRun, stepPoint, studyInput, temporaryFolder } from './sample-study.ts';

const WRITER = fileURLToPath(new URL('../../fixtures/store-writer.ts', import.meta.url));

function storeFile(context: TestContext): string {
  return join(temporaryFolder(context), 'kindling.sqlite');
}

/** A store with one complete run. */
function filledStore(context: TestContext): string {
  const file = storeFile(context);
  const store = openStore(file, { purpose: 'schedule' });
  store.saveStudy(studyInput());
  const id = startedRun(store, 0);
  store.appendPoints([
    { run: id, steps: Array.from({ length: 5000 }, (_, step) => stepPoint(step)), epochs: [] },
  ]);
  store.completeRun(id, RESULT);
  store.close();
  return file;
}

/** Starts the writer; resolves once it has written `batches` batches of points. */
async function startWriter(
  file: string,
  batches: number,
): Promise<{ child: ChildProcess; run: string; lines: string[] }> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the writer ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (lines.push(line) > batches) resolve();
    });
  });
  return { child, run: lines[0] ?? '', lines };
}

async function killAtOnce(child: ChildProcess): Promise<void> {
  const end = once(child, 'close');
  child.kill('SIGKILL');
  await end;
}

test('kill -9 of a writer loses no point that the store had, and its run becomes interrupted', async (context) => {
  const file = storeFile(context);
  for (const batches of [1, 7, 40]) {
    const { child, run, lines } = await startWriter(file, batches);
    await killAtOnce(child);
    const before = readFileSync(file);
    const reader = openStore(file, { purpose: 'read' });
    assert.equal(reader.run(run).state, 'interrupted', 'a reader sees that nobody runs it');
    assert.equal(reader.study('sample').runs.running, 0);
    assert.deepEqual(
      reader.runs({ states: ['interrupted'] }).map(({ id }) => id),
      reader.runTable().runs.flatMap(({ id, state }) => (state === 'interrupted' ? [id] : [])),
    );
    reader.close();
    assert(readFileSync(file).equals(before), 'and changes nothing');
    const store = openStore(file, { purpose: 'schedule' });
    const { state, endedAt, step } = store.run(run);
    assert.equal(state, 'interrupted');
    assert(endedAt !== null);
    const { steps } = store.series(run);
    assert(
      steps.length >= Number(lines.at(-1)),
      `${steps.length} points, ${lines.at(-1) ?? ''} were reported`,
    );
    assert.equal(steps.length % 20, 0, 'no batch is torn');
    assert.equal(step, steps.length);
    assert.deepEqual(
      steps,
      steps.map((_, index) => stepPoint(index + 1)),
    );
    // its trainer was still writing when the start before this one looked
    const half = join(
      store.runFolder(run),
      `.resume-8.safetensors.${hostname()}-999999999-00000000.unfinished`,
    );
    store.close();
    mkdirSync(dirname(half), { recursive: true });
    writeFileSync(half, '');
    openStore(file, { purpose: 'schedule' }).close();
    assert(!existsSync(half), 'a file that nobody writes any more is gone after the next start');
  }
});

test('one process schedules; others are told who does, and may read', async (context) => {
  const file = storeFile(context);
  const { child, run } = await startWriter(file, 1);
  try {
    assert.throws(() => openStore(file, { purpose: 'schedule' }), {
      code: 'store-busy',
      message: new RegExp(
        `in use by another Kindling \\(process ${child.pid} on .*, since 20.*Use that program.*--store`,
      ),
    });
    const reader = openStore(file, { purpose: 'read' });
    assert.equal(reader.run(run).state, 'running');
    const seen = reader.series(run).steps.length;
    assert(seen > 0);
    // the reader follows the writer
    const deadline = Date.now() + 60_000;
    while (reader.series(run).steps.length === seen) {
      assert(Date.now() < deadline, 'the reader sees nothing new');
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.throws(() => reader.endRun(run, 'interrupted'), {
      code: 'usage',
      message: /cannot be opened or written/,
    });
    reader.close();
  } finally {
    await killAtOnce(child);
  }
  openStore(file, { purpose: 'schedule' }).close();
});

test('the same process cannot schedule twice either, and closing lets go', (context) => {
  const file = storeFile(context);
  const store = openStore(file, { purpose: 'schedule' });
  assert.throws(() => openStore(file, { purpose: 'schedule' }), { code: 'store-busy' });
  store.close();
  store.close();
  openStore(file, { purpose: 'schedule' }).close();
});

test('a file that is no database is refused and left untouched', (context) => {
  const file = storeFile(context);
  const text = 'accuracy,loss\n0.5,1.2\n';
  writeFileSync(file, text);
  for (const purpose of ['read', 'schedule'] as const) {
    assert.throws(() => openStore(file, { purpose }), {
      code: 'store-damaged',
      message: /not a SQLite database.*untouched/,
    });
  }
  assert.equal(readFileSync(file, 'utf8'), text);
  assert.deepEqual(readdirSync(dirname(file)), ['kindling.sqlite']);
});

test('a truncated or overwritten store is refused and left untouched', (context) => {
  const truncated = filledStore(context);
  const whole = readFileSync(truncated);
  writeFileSync(truncated, whole.subarray(0, Math.floor(whole.length / 2)));
  const overwritten = filledStore(context);
  const descriptor = openSync(overwritten, 'r+');
  writeSync(descriptor, Buffer.alloc(20_000, 0x55), 0, 20_000, 4096);
  closeSync(descriptor);
  for (const file of [truncated, overwritten]) {
    const before = readFileSync(file);
    assert.throws(() => openStore(file, { purpose: 'schedule' }), {
      code: 'store-damaged',
      message: /damaged.*untouched/,
    });
    assert(readFileSync(file).equals(before));
  }
});

test('a database of another program is refused and left untouched', (context) => {
  const file = storeFile(context);
  const other = new Database(file);
  other.exec('CREATE TABLE songs (title TEXT)');
  other.close();
  const before = readFileSync(file);
  assert.throws(() => openStore(file, { purpose: 'schedule' }), {
    code: 'store-damaged',
    message: /another program/,
  });
  assert(readFileSync(file).equals(before));
});

test('a store of a newer Kindling is refused and left untouched', (context) => {
  const file = filledStore(context);
  const newer = new Database(file);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(file);
  for (const purpose of ['read', 'schedule'] as const) {
    assert.throws(() => openStore(file, { purpose }), {
      code: 'store-newer',
      message: /format 99.*Update Kindling/,
    });
  }
  assert(readFileSync(file).equals(before));
});

test('an older store is copied, then brought up to date, by readers too', (context) => {
  const next = [
    ...MIGRATIONS,
    { version: MIGRATIONS.length + 1, sql: 'ALTER TABLE studies ADD COLUMN note TEXT' },
  ];
  const file = filledStore(context);
  const store = openStore(file, { purpose: 'read', migrations: next });
  assert.equal(store.runs().length, 1);
  store.close();
  const backup = `${file}.v${MIGRATIONS.length}-backup`;
  assert(existsSync(backup));
  const old = openStore(backup, { purpose: 'read' });
  assert.deepEqual(
    old.runs().map(({ state }) => state),
    ['complete'],
  );
  old.close();
  assert.throws(() => openStore(file, { purpose: 'read' }), { code: 'store-newer' });
});

test('a migration that fails leaves the store as it was', (context) => {
  const broken = [
    ...MIGRATIONS,
    { version: MIGRATIONS.length + 1, sql: 'CREATE TABLE a (b); INSERT INTO nowhere VALUES (1)' },
  ];
  const file = filledStore(context);
  assert.throws(() => openStore(file, { purpose: 'schedule', migrations: broken }), /nowhere/);
  const store = openStore(file, { purpose: 'schedule' });
  assert.equal(store.runs().length, 1);
  store.close();
});

test('reading a store that is not there says so and makes none', (context) => {
  const file = storeFile(context);
  assert.throws(() => openStore(file, { purpose: 'read' }), {
    code: 'not-found',
    message: /run a study first/,
  });
  assert(!existsSync(file));
});

test('a path that cannot hold a store is refused with a message', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'file');
  writeFileSync(file, 'text');
  for (const path of [folder, join(file, 'store.sqlite')]) {
    assert.throws(() => openStore(path, { purpose: 'schedule' }), {
      code: 'usage',
      message: /cannot be opened or written \(E\w+: /,
    });
  }
});
