import { type ChildProcessByStdio, execFile, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { localShell, type Shell } from '../../../../src-main/executors/slurm/shell.ts';

const PROGRAMS = ['slurmctld', 'slurmd', 'munged', 'sbatch', 'unshare', 'bash'];
/** Besides, where accounts are kept. */
const ACCOUNTING = ['slurmdbd', 'sacctmgr', 'mariadbd', 'mariadb-install-db', 'mariadb'];
const PATHS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const NODES = ['a', 'b'] as const;
const PATIENCE_MS = 30_000;

export type RigNode = (typeof NODES)[number];

export interface RigOptions {
  /** Lines of slurm.conf that replace those of the same key, e.g. `MaxArraySize=11`. */
  readonly settings?: readonly string[];
  /** Lines added as they are, e.g. further partitions. */
  readonly more?: readonly string[];
  /** Keeps accounts: a database, and slurmdbd before it. Limits of the account `lab`, to which root belongs, are enforced. */
  readonly accounts?: boolean;
}

/** A Slurm of its own: a controller and two nodes on this machine, which listen on 127.0.0.1 only. */
export interface SlurmRig {
  readonly folder: string;
  /** By which sbatch and the others reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** @returns the output of a command such as `['squeue', '-h']`; rejects where it fails */
  run(command: readonly string[]): Promise<string>;
  startController(): Promise<void>;
  /** By SIGKILL. */
  killController(): Promise<void>;
  /** What was done meanwhile is lost to a controller that is killed before it wrote it, and starts again. */
  loseToController(action: () => Promise<void>): Promise<void>;
  startNode(node: RigNode): Promise<void>;
  /** By SIGKILL; its jobs go on without it. */
  killNode(node: RigNode): Promise<void>;
  /** Ids of this machine's processes whose environment has these words, and whose command line has that. */
  processes(words: readonly string[], command: string): number[];
  /** What its programs wrote, for a failed test. */
  logs(): string;
  end(): Promise<void>;
}

/** By which the program asks it, whatever else runs here. */
export function rigShell(rig: SlurmRig): Shell {
  const variables = Object.entries(rig.environment).map(([name, value]) => `${name}=${value}`);
  return {
    ...localShell,
    run: (command, signal) => localShell.run(['env', ...variables, ...command], signal),
  };
}

/** Why there can be no Slurm that keeps accounts for tests here; false where there can be. */
export function whyNoAccounts(): string | false {
  return (
    whyNoSlurm() || isMissing(ACCOUNTING, 'apt-get install --no-install-recommends slurmdbd mariadb-server')
  );
}

/** Why there can be no Slurm for tests here; false where there can be. */
export function whyNoSlurm(): string | false {
  if (process.platform !== 'linux') return 'Slurm runs on Linux';
  if (process.getuid?.() !== 0) return 'only root starts the nodes of a Slurm';
  const missing = isMissing(PROGRAMS, 'apt-get install slurm-wlm munge');
  if (missing !== false) return missing;
  const { status } = spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' });
  return status === 0 ? false : 'no namespace of processes can be made here';
}

function isMissing(programs: readonly string[], remedy: string): string | false {
  const missing = programs.filter((program) => !PATHS.some((path) => existsSync(join(path, program))));
  return missing.length > 0 && `no ${missing.join(', ')}: ${remedy}`;
}

/** All that is started in it ends with its first process, even what left its group and session. */
const NAMESPACE = ['--pid', '--mount', '--mount-proc', '--fork', '--kill-child'];

/** The first process: does what it reads, reaps what is left to it, and ends with its input, hence with the test. */
const FIRST_PROCESS = 'exec 2> first.out; while read -r line; do eval "$line"; echo; done';

export async function startSlurm(options: RigOptions = {}): Promise<SlurmRig> {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-slurm-'));
  const ports = await freePorts(2 + NODES.length);
  writeConfiguration(folder, ports, options);
  const first = spawn('unshare', [...NAMESPACE, 'bash', '-c', FIRST_PROCESS], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: folder,
  });
  const rig = new StartedRig(folder, first);
  try {
    await rig.start(options.accounts ?? false);
  } catch (error) {
    const logs = rig.logs();
    await rig.end();
    throw new Error(`Slurm did not start: ${String(error)}\n${logs}`, { cause: error });
  }
  return rig;
}

class StartedRig implements SlurmRig {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly #first: ChildProcessByStdio<Writable, Readable, null>;
  /** For what was told to the first process: they are done in their order. */
  readonly #waiting: (() => void)[] = [];

  constructor(folder: string, first: ChildProcessByStdio<Writable, Readable, null>) {
    this.folder = folder;
    this.#first = first;
    createInterface(first.stdout).on('line', () => this.#waiting.shift()?.());
    this.environment = { SLURM_CONF: join(folder, 'slurm.conf') };
  }

  async start(accounts: boolean): Promise<void> {
    const munge = join(this.folder, 'munge');
    const files = ['key', 'socket', 'log', 'seed'].map((name) => `--${name}-file=${join(munge, name)}`);
    const [key = '', socket = '', log = '', seed = ''] = files;
    await this.#do(
      `munged -F --num-threads=2 --pid-file=${join(munge, 'pid')} ${key} ${socket.replace('-file', '')} ${log} ${seed} > munge.out 2>&1 &`,
    );
    await until('munged', () => existsSync(join(munge, 'socket')));
    if (accounts) await this.#startAccounting();
    for (const node of NODES) await this.#beginNode(node);
    await this.startController();
    if (accounts) await this.#openAccount();
    for (const node of NODES) await this.#idle(node);
  }

  async run([program = '', ...parameters]: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, parameters, {
      env: { ...process.env, ...this.environment },
    });
    return stdout;
  }

  async startController(): Promise<void> {
    await this.#do(`slurmctld -D >> controller.out 2>&1 & controller=$!`);
    await until('slurmctld', async () => (await this.#asked(['scontrol', 'ping'])).includes('is UP'));
  }

  killController(): Promise<void> {
    return this.#do('kill -9 $controller; wait $controller');
  }

  async loseToController(action: () => Promise<void>): Promise<void> {
    const [state, former] = ['state', 'former-state'].map((name) => join(this.folder, name));
    if (state === undefined || former === undefined) return;
    cpSync(state, former, { recursive: true });
    await action();
    await this.killController();
    rmSync(state, { recursive: true });
    renameSync(former, state);
    await this.startController();
  }

  async startNode(node: RigNode): Promise<void> {
    await this.#beginNode(node);
    await this.#idle(node);
  }

  killNode(node: RigNode): Promise<void> {
    return this.#do(`kill -9 $node_${node}; wait $node_${node}`);
  }

  processes(words: readonly string[], command: string): number[] {
    const own = [`SLURM_CONF=${this.environment['SLURM_CONF'] ?? ''}`, ...words];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const environment = readProcess(pid, 'environ').split('\0');
        return (
          own.every((word) => environment.includes(word)) && readProcess(pid, 'cmdline').includes(command)
        );
      })
      .map(Number);
  }

  logs(): string {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.out'))
      .map((name) => `--- ${name}\n${readFileSync(join(this.folder, name), 'utf8').slice(-4000)}`)
      .join('\n');
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#first.once('close', resolve));
    this.#first.stdin.end();
    if (this.#first.exitCode === null && this.#first.signalCode === null) await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #startAccounting(): Promise<void> {
    const [data, socket] = ['database', 'database.socket'].map((name) => join(this.folder, name));
    const client = `mariadb --no-defaults --socket=${socket ?? ''}`;
    await this.#do(
      `mariadb-install-db --no-defaults --user=root --datadir=${data ?? ''} --auth-root-authentication-method=socket --skip-test-db > install.out 2>&1`,
    );
    await this.#do(
      `mariadbd --no-defaults --user=root --datadir=${data ?? ''} --socket=${socket ?? ''} --skip-networking --innodb-log-file-size=8M > database.out 2>&1 &`,
    );
    await until('the database', () => existsSync(socket ?? ''));
    await this.#do(`${client} -e 'CREATE DATABASE slurm_acct_db' >> database.out 2>&1`);
    await this.#do(`MYSQL_UNIX_PORT=${socket ?? ''} slurmdbd -D > accounting.out 2>&1 &`);
    await until('slurmdbd', async () => (await this.#asked(['sacctmgr', '-n', 'show', 'user'])) !== '');
  }

  async #openAccount(): Promise<void> {
    for (const what of [
      ['account', 'lab'],
      ['user', 'root', 'account=lab', 'defaultaccount=lab'],
    ])
      await this.run(['sacctmgr', '-i', 'add', ...what, 'cluster=kindling']);
  }

  #beginNode(node: RigNode): Promise<void> {
    return this.#do(`slurmd -N ${node} -D >> ${node}.out 2>&1 & node_${node}=$!`);
  }

  async #idle(node: RigNode): Promise<void> {
    const isThere = async (): Promise<boolean> =>
      /^(idle|mixed|allocated)\s*$/.test(
        await this.#asked(['sinfo', '-h', '-N', '-n', node, '-o', '%T', '-p', 'main']),
      );
    await until(`node ${node}`, isThere);
  }

  /** Empty where it fails, as it does until all is started. */
  async #asked(command: readonly string[]): Promise<string> {
    return this.run(command).catch(() => '');
  }

  /** Resolves when it is done. */
  #do(line: string): Promise<void> {
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#first.stdin.write(`export SLURM_CONF=${this.environment['SLURM_CONF'] ?? ''}; ${line}\n`);
    return done;
  }
}

function writeConfiguration(folder: string, ports: readonly number[], options: RigOptions): void {
  const munge = join(folder, 'munge');
  for (const each of [munge, join(folder, 'state')]) mkdirSync(each);
  writeFileSync(join(munge, 'key'), crypto.getRandomValues(new Uint8Array(128)), { mode: 0o400 });
  // munged wants its socket where everyone may reach it
  for (const each of [folder, munge]) spawnSync('chmod', ['711', each]);
  // files that Slurm would else look for in the machine's own configuration
  for (const name of ['plugstack.conf', 'cgroup.conf', 'gres.conf']) writeFileSync(join(folder, name), '\n');
  const [controller, accounting, ...nodes] = ports;
  if (options.accounts) writeAccounting(folder, accounting ?? 0);
  const settings = new Map(
    [
      ...SETTINGS,
      ...(options.accounts ? accountingSettings(folder, accounting ?? 0) : []),
      ...(options.settings ?? []),
    ].map((line) => [line.slice(0, line.indexOf('=')), line]),
  );
  const lines = [
    ...settings.values(),
    `SlurmctldPort=${String(controller)}`,
    `AuthInfo=socket=${join(munge, 'socket')},cred_expire=5`,
    `StateSaveLocation=${join(folder, 'state')}`,
    `SlurmdSpoolDir=${join(folder, 'spool-%n')}`,
    `SlurmctldPidFile=${join(folder, 'slurmctld.pid')}`,
    `SlurmdPidFile=${join(folder, 'slurmd-%n.pid')}`,
    `PlugStackConfig=${join(folder, 'plugstack.conf')}`,
    ...NODES.map(
      (node, index) =>
        `NodeName=${node} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${String(nodes[index])} CPUs=4 RealMemory=4000`,
    ),
    `PartitionName=main Nodes=${NODES.join()} Default=YES MaxTime=60 State=UP`,
    ...(options.more ?? []),
  ];
  writeFileSync(join(folder, 'slurm.conf'), `${lines.join('\n')}\n`);
}

function accountingSettings(folder: string, port: number): string[] {
  return [
    'AccountingStorageType=accounting_storage/slurmdbd',
    'AccountingStorageHost=127.0.0.1',
    `AccountingStoragePort=${port}`,
    // of a log-in by munge
    `AccountingStoragePass=${join(folder, 'munge', 'socket')}`,
    'AccountingStorageEnforce=limits',
  ];
}

function writeAccounting(folder: string, port: number): void {
  const lines = [
    ...['AuthType=auth/munge', `AuthInfo=socket=${join(folder, 'munge', 'socket')}`, 'SlurmUser=root'],
    ...[
      'DbdHost=localhost',
      'DbdAddr=127.0.0.1',
      `DbdPort=${port}`,
      `PidFile=${join(folder, 'slurmdbd.pid')}`,
    ],
    ...['StorageType=accounting_storage/mysql', 'StorageUser=root', 'StorageLoc=slurm_acct_db'],
  ];
  writeFileSync(join(folder, 'slurmdbd.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Nothing but loopback, no accounting, no cgroups; jobs start at once. */
const SETTINGS = [
  'ClusterName=kindling',
  'SlurmctldHost=localhost(127.0.0.1)',
  'SlurmUser=root',
  'SlurmdUser=root',
  'AuthType=auth/munge',
  'CredType=cred/munge',
  'CommunicationParameters=NoInAddrAny,NoCtldInAddrAny',
  'ProctrackType=proctrack/linuxproc',
  'TaskPlugin=task/none',
  'JobAcctGatherType=jobacct_gather/none',
  'AccountingStorageType=accounting_storage/none',
  'SwitchType=switch/none',
  'MpiDefault=none',
  'SelectType=select/cons_tres',
  'SelectTypeParameters=CR_CPU',
  'SchedulerType=sched/backfill',
  'SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=1000',
  'SlurmdParameters=config_overrides',
  'ReturnToService=2',
  'SlurmdTimeout=10',
  'SlurmctldTimeout=10',
  'KillWait=5',
  'MinJobAge=60',
  'MaxArraySize=1001',
];

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Empty where the process has ended. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}

/** @throws Error with `what` where it takes too long */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patience = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${String(patience / 1000)} s for ${what}`);
    await sleep(50);
  }
}
