import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enginesFolder } from '../../../src-main/home.ts';
import { type CommandOutcome, kindling } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-run-'));
const file = join(home, 'study.yaml');
const long = join(home, 'long.yaml');
const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');

/** The engine is that of this machine, all else is new. */
before(() => {
  symlinkSync(enginesFolder(), enginesFolder(home));
  writeFileSync(file, studyText('tiny', 1));
  writeFileSync(long, studyText('long', 400));
});
after(() => rmSync(home, { recursive: true }));

function studyText(name: string, epochs: number): string {
  return `study: ${name}
dataset: shapes
network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 8, baseE: 8, incrE: 8, dropout: 0 }
vary: { network.sr: [0.25, 1] }
seeds: 1
data: { trainingLimit: 512 }
training: { epochs: ${epochs}, batch: 64, learningRate: 0.01 }
`;
}

function run(...parameters: string[]): CommandOutcome {
  return kindling(parameters, { KINDLING_HOME: home });
}

/** What was planned is what there is: the checkpoints but for the headers of their files, and the time. */
function checkPlan(): void {
  const { cells, totals } = JSON.parse(run('study', 'run', file, '--dry-run', '--json').stdout) as {
    readonly cells: readonly {
      readonly timedRuns: number;
      readonly bytes: { readonly checkpoints: number };
    }[];
    readonly totals: { readonly missing: number; readonly seconds: number };
  };
  assert.deepEqual([totals.missing, totals.seconds], [0, 0]);
  assert.deepEqual(
    cells.map(({ timedRuns }) => timedRuns),
    [1, 1],
  );
  const files = readdirSync(join(home, 'artifacts'), { recursive: true, encoding: 'utf8' });
  const checkpoints = files.filter((name) => name.endsWith('.safetensors'));
  const bytes = checkpoints.reduce((sum, name) => sum + statSync(join(home, 'artifacts', name)).size, 0);
  const planned = cells.reduce((sum, cell) => sum + cell.bytes.checkpoints, 0);
  const headers = bytes - planned;
  assert.ok(headers > 0 && headers < 8192 * checkpoints.length, `${bytes} for ${planned}`);
}

interface Cell {
  readonly n: number;
  readonly mean: number;
}

test('a study is trained, tabled and drawn; again, only what is missing', () => {
  const first = run('study', 'run', file);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /tiny: 2 cells x 1 seed = 2 runs; /);
  assert.equal(first.stdout.match(/^done: SR = /gm)?.length, 2);
  assert.match(first.stdout, /test accuracy \(%\)/);
  const figure = join(home, 'figures', 'tiny', 'accuracy-parameters.svg');
  assert.ok(first.stdout.includes(figure));
  assert.ok(existsSync(figure));
  const again = run('study', 'run', file, '--json');
  assert.match(again.stderr, /[Cc]omplete already: 2 runs; missing: 0/);
  checkPlan();
  const before = JSON.parse(again.stdout) as Cell[];
  assert.deepEqual(
    before.map(({ n }) => n),
    [1, 1],
  );
  const more = JSON.parse(run('study', 'run', file, '--seeds', '2', '--json').stdout) as Cell[];
  assert.deepEqual(
    more.map(({ n }) => n),
    [2, 2],
  );
  const runs = JSON.parse(run('run', 'list', '--json').stdout) as { seed: number; engine: string }[];
  assert.equal(runs.length, 4);
  assert.ok(runs.every(({ engine }) => engine.startsWith('tensorflow')));
});

test('Ctrl-C stops in order with status 130, and says how to go on', async () => {
  const child = spawn(process.execPath, [MAIN, 'study', 'run', long], {
    env: { ...process.env, KINDLING_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  let told = false;
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (told || !said.includes('begun: ')) return;
    told = true;
    child.kill('SIGINT');
  });
  const [status] = (await once(child, 'close')) as [number | null];
  assert.equal(status, 130, complained);
  assert.match(said, /stopping after the current step[^]*stopped: SR = /);
  assert.match(
    complained,
    /kindling: stopped; 2 of 2 runs are missing\. Run the command again to continue\./,
  );
  const states = (
    JSON.parse(run('run', 'list', '--study', 'long', '--json').stdout) as { state: string }[]
  ).map(({ state }) => state);
  assert.ok(states.includes('interrupted'));
  assert.ok(!states.includes('running'), states.join());
});

test('Ctrl-C still stops in order when it has ended the reader of the output, as it does `tee`', async () => {
  const child = spawn(process.execPath, [MAIN, 'study', 'run', long], {
    env: { ...process.env, KINDLING_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (!said.includes('begun: ')) return;
    child.stdout.destroy();
    child.kill('SIGINT');
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  assert.equal(status, 130);
  const { stdout } = run('run', 'list', '--study', 'long', '--state', 'running', '--json');
  assert.deepEqual(JSON.parse(stdout), []);
});

test('the program ends with the launcher that started it, and lets go of the store', async () => {
  const child = fork(MAIN, ['study', 'run', long], {
    env: { ...process.env, KINDLING_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes('begun: ') && child.connected) child.disconnect();
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  assert.equal(status, 137);
  assert.equal(run('study', 'run', file).status, 0);
});

test('a study file that is wrong changes nothing', () => {
  const wrong = join(home, 'wrong.yaml');
  writeFileSync(wrong, studyText('wrong', 1).replace('network.sr', 'network.squeeze'));
  const { status, stderr } = run('study', 'run', wrong);
  assert.equal(status, 1);
  assert.match(stderr, /^kindling: .*wrong\.yaml is not a valid study:\n.*network\.squeeze/);
  assert.equal(run('study', 'show', 'wrong').status, 1);
  const missing = run('study', 'run', join(home, 'nowhere.yaml'));
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /nowhere\.yaml cannot be read/);
  assert.equal(run('study', 'run', file, '--jobs', '0').status, 2);
});

test('without an engine the message says what to type, and nothing is made', () => {
  const empty = join(home, 'empty');
  const { status, stderr } = kindling(['study', 'run', file], { KINDLING_HOME: empty });
  assert.equal(status, 1);
  assert.match(stderr, /kindling engine install cpu/);
  assert.equal(existsSync(empty), false);
});
