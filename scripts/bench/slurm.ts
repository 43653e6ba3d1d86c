/**
 * `npm run bench -- slurm [--cells N] [--seeds N] [--epochs N] [--minutes N] [--pause SECONDS] [--only TROUBLE] [--seed N] [--json]`
 *
 * A study on a real Slurm of this machine, of which anything is killed at random while it trains: workers, trainers, nodes, the
 * controller, the application; jobs are queued again, cancelled, pre-empted; the shared disk, a small one in memory, is full for a
 * while. Troubles come every `--pause` seconds on average, for so many minutes; without any, runs of many epochs are interrupted by
 * the time limit of their jobs, one minute, alone. At the end every run must be complete once, with the very bits of the same study
 * trained by processes of this machine. Status 1 where anything differs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { spoolOf, spoolsFolder } from '../../src-main/executors/spool/find-spool.ts';
import { enginesFolder, kindlingHome } from '../../src-main/home.ts';
import { kindlingVersion } from '../../src-main/kindling-version.ts';
import { makeSpool } from '../../src-main/spool/spool-study.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { randomStream } from '../../src-shared/random.ts';
import { slurmSettingsSchema } from '../../src-shared/studies/slurm-settings.ts';
import {
  type RigNode,
  type SlurmRig,
  startSlurm,
  whyNoSlurm,
} from '../../test/main/executors/slurm/slurm-rig.ts';
import { signal } from '../torture/marked-processes.ts';
import { mountDisk, unmountDisk } from '../torture/small-disk.ts';
import { storedBits } from './shared/stored-bits.ts';

const { values } = parseArgs({
  options: {
    cells: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '20' },
    epochs: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '10' },
    pause: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const reason = whyNoSlurm();
if (reason !== false) {
  console.error(`kindling: there can be no Slurm for this here: ${reason}`);
  process.exit(1);
}

const KINDLING = path.join(import.meta.dirname, '../../src-main/cli/main.ts');
const STUDY = 'torture';
const random = randomStream(Number(values.seed), 'slurm');
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-slurm-bench-'));
const file = path.join(root, 'study.yaml');
fs.writeFileSync(
  file,
  `study: ${STUDY}
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 8, baseE: 8, incrE: 8 }
vary:
  network.sr: [${Array.from({ length: Number(values.cells) }, (_, index) => (index + 1) / Number(values.cells)).join(', ')}]
seeds: ${values.seeds}
data: { trainingLimit: 128 }
training: { epochs: ${values.epochs}, batch: 64, learningRate: 0.05 }
`,
);
const runs = Number(values.cells) * Number(values.seeds);

interface Home {
  readonly home: string;
  readonly store: string;
}

function makeHome(name: string): Home {
  const home = path.join(root, name);
  fs.mkdirSync(home);
  fs.symlinkSync(enginesFolder(kindlingHome()), path.join(home, 'engines'));
  return { home, store: path.join(home, 'kindling.sqlite') };
}

function start({ home, store }: Home, parameters: readonly string[], rig: SlurmRig | null): ChildProcess {
  const log = fs.openSync(path.join(home, 'study-run.log'), 'a');
  const child = spawn(process.execPath, [KINDLING, '--store', store, ...parameters], {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...rig?.environment, KINDLING_HOME: home, KINDLING_TUNING: 'off' },
  });
  fs.closeSync(log);
  return child;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

function allBits({ store: file }: Home): Map<string, string[]> {
  const store = openStore(file, { purpose: 'read' });
  try {
    const found = new Map<string, string[]>();
    for (const run of store.runs({ study: STUDY })) {
      if (run.state !== 'complete') continue;
      const key = `${run.cell} ${run.seed}`;
      found.set(key, [...(found.get(key) ?? []), JSON.stringify(storedBits(store, run.id))]);
    }
    return found;
  } finally {
    store.close();
  }
}

function log(what: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${what}`);
}

const counts = new Map<string, number>();
function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
  log(what);
}

function oneOf<Each>(all: readonly Each[]): Each | undefined {
  return all[Math.floor(random.uniform() * all.length)];
}

/** @returns whether there was one */
function killOne(rig: SlurmRig, command: string): boolean {
  const pid = oneOf(rig.processes([], command));
  return pid !== undefined && signal(pid, 'SIGKILL');
}

async function jobs(rig: SlurmRig, state: string): Promise<string[]> {
  const text = await rig.run(['squeue', '-h', '-r', '-p', 'main', '-t', state, '-o', '%i']).catch(() => '');
  return text.split('\n').filter(Boolean);
}

async function toOneJob(rig: SlurmRig, state: string, command: readonly string[]): Promise<boolean> {
  const job = oneOf(await jobs(rig, state));
  return job !== undefined && isDone(rig, [...command, job]);
}

function isDone(rig: SlurmRig, command: readonly string[]): Promise<boolean> {
  return rig.run(command).then(
    () => true,
    () => false,
  );
}

/** All that runs on a node ends at once, and nobody reports it. */
async function loseNode(rig: SlurmRig, node: RigNode): Promise<void> {
  await rig.killNode(node);
  const ofJobs = rig.processes([`SLURMD_NODENAME=${node}`], '');
  const parents = ofJobs.map(parentOf).filter((pid) => rig.processes([], 'slurmstepd').includes(pid));
  for (const pid of [...new Set([...parents, ...ofJobs])]) signal(pid, 'SIGKILL');
}

/** 0 where the process has ended. */
function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Each tells whether it did anything. */
const TROUBLES: Readonly<Record<string, (rig: SlurmRig) => Promise<boolean> | boolean>> = {
  'worker killed': (rig) => killOne(rig, 'cluster\0worker'),
  'worker killed again': (rig) => killOne(rig, 'cluster\0worker'),
  'trainer killed': (rig) => killOne(rig, 'src-main/trainer/main.ts'),
  'script of a job killed': (rig) => killOne(rig, 'slurm_script'),
  'node killed': async (rig) => {
    const node: RigNode = random.uniform() < 0.5 ? 'a' : 'b';
    await rig.killNode(node);
    // sometimes so long that the controller gives it up, and queues its jobs again while they go on
    await wait(random.uniform() < 0.5 ? 1000 : 14_000);
    await rig.startNode(node).catch(() => undefined);
    return true;
  },
  'node lost with its jobs': async (rig) => {
    const node: RigNode = random.uniform() < 0.5 ? 'a' : 'b';
    await loseNode(rig, node);
    // sometimes so long that the controller gives it up; else it comes back as one that was started anew
    await wait(random.uniform() < 0.5 ? 1000 : 14_000);
    await rig.startNode(node).catch(() => undefined);
    return true;
  },
  'controller killed': async (rig) => {
    await rig.killController();
    await wait(2000 * random.uniform());
    await rig.startController().catch(() => undefined);
    return true;
  },
  'job queued again': (rig) => toOneJob(rig, 'R', ['scontrol', 'requeue']),
  'running job cancelled': (rig) => toOneJob(rig, 'R', ['scancel']),
  'waiting job cancelled': (rig) => toOneJob(rig, 'PD', ['scancel']),
  'job told to stop': (rig) => toOneJob(rig, 'R', ['scancel', '--batch', '--signal=USR1']),
  'shared disk full': fillDisk,
  'jobs pre-empted': (rig) =>
    isDone(rig, [
      ...['sbatch', '--partition=urgent', '--nodes=1', '--cpus-per-task=4', '--time=1'],
      ...['--output=/dev/null', '--wrap=sleep 3'],
    ]),
};

const troubles = Object.entries(TROUBLES).filter(([name]) => name.includes(values.only));
const local = makeHome('local');
const cluster = makeHome('cluster');
fs.mkdirSync(spoolsFolder(cluster.home));
/** Of the disk that the nodes share. */
const DISK = '128m';
mountDisk(spoolsFolder(cluster.home), DISK);

/** Nobody can write to the shared disk for some seconds, unless something is removed there. */
async function fillDisk(): Promise<boolean> {
  const filler = path.join(spoolsFolder(cluster.home), 'filler');
  const { bavail, bsize } = fs.statfsSync(spoolsFolder(cluster.home));
  try {
    fs.writeFileSync(filler, Buffer.alloc(bavail * bsize));
    await wait(3000 + 5000 * random.uniform());
    return true;
  } catch {
    // somebody was faster
    return false;
  } finally {
    fs.rmSync(filler, { force: true });
  }
}
let differences: string[] = [];
const began = performance.now();
log(`${runs} runs on this machine …`);
const reference = await ended(
  start(local, ['study', 'run', file, '--jobs', String(os.availableParallelism())], null),
);
if (reference !== 0)
  throw new Error(fs.readFileSync(path.join(local.home, 'study-run.log'), 'utf8').slice(-2000));
const localSeconds = (performance.now() - began) / 1000;
const rig = await startSlurm({
  settings: ['PreemptType=preempt/partition_prio', 'PreemptMode=REQUEUE', 'KillWait=5', 'MinJobAge=30'],
  more: ['PartitionName=urgent Nodes=a,b PriorityTier=10 MaxTime=60 State=UP'],
});
let isOver = false;
try {
  fs.cpSync(path.join(local.home, 'data'), path.join(cluster.home, 'data'), { recursive: true });
  const parameters = ['study', 'run', file, '--executor', 'slurm', '--max-parallel', '4', '--time', '1'];
  // the store is there once a study is saved: its identity is part of the spool's name
  await ended(start(cluster, ['study', 'run', file, '--dry-run'], rig));
  const store = openStore(cluster.store, { purpose: 'schedule' });
  const identity = store.identity();
  store.close();
  const settings = slurmSettingsSchema.parse({ maxParallel: 4, time: '1' });
  await makeSpool(spoolOf(spoolsFolder(cluster.home), { name: STUDY, store: identity }), {
    ...{ study: STUDY, store: identity, executor: 'slurm', settings, kindlingVersion: kindlingVersion() },
    // as on a cluster, but sooner
    rhythm: { beatSeconds: 1, expirySeconds: 10 },
  });
  log(`the same on Slurm …`);
  const clusterBegan = performance.now();
  const until = clusterBegan + Number(values.minutes) * 60_000;
  let application = start(cluster, parameters, rig);
  const troubled = (async () => {
    while (!isOver && performance.now() < until) {
      await wait(2000 * Number(values.pause) * random.uniform());
      if (isOver) return;
      if (values.only === '' && random.uniform() < 0.08) {
        application.kill('SIGKILL');
        count('application killed');
        continue;
      }
      const [name, make] = oneOf(troubles) ?? [];
      if (name !== undefined && (await make?.(rig))) count(name.replace('killed again', 'killed'));
    }
    log('no more troubles');
  })();
  for (let starts = 1; ; starts++) {
    const status = await ended(application);
    if (status === 0) break;
    if (status !== null) count(`application left with status ${status}`);
    if (starts > 100) throw new Error('the study does not come to its end');
    await wait(1000);
    application = start(cluster, parameters, rig);
  }
  const clusterSeconds = (performance.now() - clusterBegan) / 1000;
  isOver = true;
  await troubled;
  const expected = allBits(local);
  const found = allBits(cluster);
  differences = [...expected].flatMap(([key, bits]) => {
    const others = found.get(key) ?? [];
    if (others.length !== 1) return [`${key}: ${others.length} complete runs`];
    return others[0] === bits[0] ? [] : [`${key}: other bits`];
  });
  const reader = openStore(cluster.store, { purpose: 'read' });
  const all = reader.runs({ study: STUDY });
  const interruptions = all.reduce((sum, run) => sum + run.interruptions.length, 0);
  reader.close();
  // jobs that found nothing left, or were queued again, end by themselves
  await wait(3000);
  const left = rig.processes([], 'cluster\0worker').length;
  if (left > 0) differences.push(`${left} workers are left`);
  const spools = fs.readdirSync(spoolsFolder(cluster.home));
  if (spools.length > 0) differences.push(`spools are left: ${spools.join(', ')}`);
  if (all.length !== runs) differences.push(`${all.length} runs in the store, not ${runs}`);
  const summary = {
    ...{ runs, complete: found.size, equal: expected.size - differences.length, interruptions },
    ...{ localSeconds: Math.round(localSeconds), clusterSeconds: Math.round(clusterSeconds) },
    troubles: Object.fromEntries([...counts].sort()),
    differences,
  };
  if (values.json) console.log(JSON.stringify(summary, null, 2));
  else {
    const table = new Table({ head: ['what', 'times'] });
    for (const [what, times] of [...counts].sort()) table.push([what, times]);
    console.log(table.toString());
    console.log(
      `${found.size} of ${runs} runs complete, ${interruptions} interruptions; ${differences.length === 0 ? 'all equal to the local ones, bit for bit' : differences.join('\n')}`,
    );
    console.log(`${summary.localSeconds} s on this machine, ${summary.clusterSeconds} s on Slurm`);
  }
} finally {
  isOver = true;
  await rig.end();
  if (differences.length > 0)
    fs.cpSync(spoolsFolder(cluster.home), path.join(root, 'spools'), { recursive: true });
  unmountDisk(spoolsFolder(cluster.home));
  if (differences.length === 0) fs.rmSync(root, { recursive: true, force: true });
  else console.error(`kept: ${root}`);
}
process.exitCode = differences.length === 0 ? 0 : 1;
