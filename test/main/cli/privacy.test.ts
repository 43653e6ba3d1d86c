import assert from 'node:assert/strict';
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { checkPrivacy } from '../../../src-main/doctor/check-privacy.ts';
import { keepPrivate } from '../../../src-main/files/umask.ts';
import { storeFile } from '../../../src-main/home.ts';
import { fillStore } from './filled-store.ts';

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');
const isWindows = process.platform === 'win32' && 'there are no such permissions';

/** A folder that everybody may enter, as /home/me is on many machines. */
function openFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-privacy-'));
  chmodSync(folder, 0o755);
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The command line, started by a shell that gives everybody the right to read. */
function command(
  home: string,
  parameters: readonly string[],
): [string, string[], { env: NodeJS.ProcessEnv }] {
  const script = 'umask 022; exec "$0" "$@"';
  const env = { ...process.env, KINDLING_HOME: home };
  return ['sh', ['-c', script, process.execPath, MAIN, ...parameters], { env }];
}

function run(home: string, ...parameters: string[]): string {
  const [program, all, options] = command(home, parameters);
  const { stdout, stderr, status } = spawnSync(program, all, { ...options, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function permissions(file: string): string {
  return (statSync(file).mode & 0o777).toString(8);
}

/** Starts `kindling serve --json` with its output in a file, and ends it when that is there. */
async function serveInto(context: TestContext, home: string, file: string): Promise<string> {
  const output = openSync(file, 'w', 0o644);
  const [program, all, options] = command(home, ['serve', '--json', '--port', '0']);
  const stdio: StdioOptions = ['ignore', output, 'pipe'];
  const child = spawn(program, all, { ...options, stdio });
  context.after(() => child.kill('SIGKILL'));
  closeSync(output);
  let complained = '';
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  while (!readFileSync(file, 'utf8').endsWith('\n')) {
    assert.equal(child.exitCode, null, complained);
    await setTimeout(20);
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return complained;
}

test(
  'home, store and address are the user’s alone; what is exported is as other programs leave it',
  { skip: isWindows },
  async (context) => {
    const folder = openFolder(context);
    const home = join(folder, 'share', 'kindling');
    const started = join(folder, 'started.json');
    assert.equal(/can read/.test(await serveInto(context, home, started)), false);
    assert.match(readFileSync(started, 'utf8'), /"token":/);
    assert.deepEqual(
      [home, join(home, 'kindling.sqlite'), join(home, 'kindling.sqlite.lock'), started].map(permissions),
      ['700', '600', '600', '600'],
    );
    fillStore(join(home, 'kindling.sqlite'));
    run(home, 'store', 'backup');
    const [backup = ''] = readdirSync(join(home, 'backups'));
    assert.equal(permissions(join(home, 'backups', backup)), '600');
    const table = join(folder, 'paper', 'runs.csv');
    run(home, 'export', 'runs', '--output', table);
    assert.deepEqual([permissions(dirname(table)), permissions(table)], ['755', '644']);
  },
);

test(
  'a home that is open to all is said to be, and one that a group shares stays so',
  { skip: isWindows },
  async (context) => {
    const folder = openFolder(context);
    const home = join(folder, 'kindling');
    mkdirSync(home);
    chmodSync(home, 0o755);
    assert.match(
      await serveInto(context, home, join(folder, 'a.json')),
      /every user of this machine can read .*chmod 700/,
    );
    const open = checkPrivacy(home, storeFile(home));
    assert.deepEqual([open.state, open.remedy], ['warning', `chmod 700 ${home}`]);
    chmodSync(home, 0o700);
    assert.equal(checkPrivacy(home, storeFile(home)).state, 'ok');

    const shared = join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o770);
    const former = process.umask(0o002);
    keepPrivate(shared);
    assert.equal(process.umask(former).toString(8), '7');
  },
);
