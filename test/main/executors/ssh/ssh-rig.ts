import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { guardGroup } from '../../../../src-main/work/guarded-groups.ts';
import { quoted } from '../../../../src-main/work/quoted.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((file) => existsSync(file));
const SSH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'ssh'))
  .find((file) => existsSync(file));
const KINDLING = join(import.meta.dirname, '../../../../bin/kindling.mjs');

/** Why there can be no sshd for tests here; false where there can be. */
export function whyNoSsh(): string | false {
  if (process.platform !== 'linux') return 'tried on Linux only';
  if (SSHD !== undefined && SSH !== undefined) return false;
  return `no ${SSH === undefined ? 'ssh' : 'sshd'}: apt-get install openssh-server openssh-client`;
}

/** An sshd of its own on this machine, which knows one key, and what is between it and who connects. */
export interface SshRig {
  readonly folder: string;
  /** As `ssh` takes it. */
  readonly host: string;
  /** Kindling there, which says something before it begins. */
  readonly program: string;
  /** `PATH` with the `ssh` that knows this host, and nothing of the person who runs the tests. */
  readonly path: string;
  /** Milliseconds by which each way takes longer from now on. */
  delay: number;
  /** Whether nobody gets through to it. */
  isAway: boolean;
  /** Ends all connections, as a network does that is gone: at once, or when so many bytes have come from there. */
  cut(afterBytes?: number): void;
  /** Connections so far. */
  readonly connections: number;
  /** Gives it another key, as that of a machine that was set up anew. */
  changeHostKey(): Promise<void>;
  /** Whether it lets in who has the key. */
  letIn(isLetIn: boolean): void;
  end(): Promise<void>;
}

/** @param environment of the programs there */
export async function startSshd(environment: Readonly<Record<string, string>>): Promise<SshRig> {
  const rig = new StartedRig(environment);
  try {
    await rig.start();
    return rig;
  } catch (error) {
    await rig.end();
    throw error;
  }
}

class StartedRig implements SshRig {
  readonly folder = mkdtempSync(join(tmpdir(), 'kindling-ssh-'));
  readonly host = 'cluster';
  readonly program = join(this.folder, "a 'strange' \\place", 'kindling');
  readonly path = `${join(this.folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  delay = 0;
  isAway = false;
  connections = 0;
  readonly #sockets = new Set<Socket>();
  readonly #between = createServer((socket) => this.#passOn(socket));
  #port = 0;
  #sshd: ChildProcess | null = null;
  #left = Infinity;

  constructor(environment: Readonly<Record<string, string>>) {
    const at = (name: string): string => join(this.folder, name);
    mkdirSync(at('bin'));
    mkdirSync(join(this.program, '..'));
    const variables = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
    const lines = ['#!/bin/sh', ...variables, "printf 'Welcome to the cluster.\\nNo end of line'"];
    const command = [process.execPath, KINDLING].map(quoted).join(' ');
    writeFileSync(this.program, `${[...lines, `exec ${command} "$@"`].join('\n')}\n`, { mode: 0o755 });
    for (const key of ['host', 'user']) makeKey(at(key));
    this.letIn(true);
    writeFileSync(at('bin/ssh'), `#!/bin/sh\nexec ${quoted(SSH ?? '')} -F ${quoted(at('config'))} "$@"\n`, {
      mode: 0o755,
    });
  }

  async start(): Promise<void> {
    const at = (name: string): string => join(this.folder, name);
    this.#port = await freePort();
    await new Promise<void>((resolve) => this.#between.listen(0, '127.0.0.1', resolve));
    const { port } = this.#between.address() as AddressInfo;
    writeFileSync(
      at('sshd_config'),
      [
        `Port ${this.#port}`,
        ...['ListenAddress 127.0.0.1', 'UsePAM no', 'StrictModes no', 'PermitRootLogin yes', 'PidFile none'],
        ...['PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'MaxStartups 100'],
        ...[`HostKey ${at('host')}`, `AuthorizedKeysFile ${at('authorized')}`],
      ].join('\n'),
    );
    writeFileSync(
      at('config'),
      [
        `Host ${this.host}`,
        ...['HostName 127.0.0.1', `Port ${port}`, `User ${userInfo().username}`, 'HostKeyAlias cluster'],
        ...[`IdentityFile ${at('user')}`, 'IdentitiesOnly yes', 'IdentityAgent none'],
        ...[`UserKnownHostsFile ${at('known')}`, 'GlobalKnownHostsFile /dev/null', 'UpdateHostKeys no'],
        // as people have who log in by hand
        ...['RequestTTY yes', 'RemoteCommand tmux attach', `LocalForward ${await freePort()} 127.0.0.1:80`],
      ].join('\n'),
    );
    writeFileSync(at('known'), `cluster ${readFileSync(at('host.pub'), 'utf8')}`);
    await this.#startSshd();
  }

  cut(afterBytes = 0): void {
    this.#left = afterBytes;
    if (afterBytes === 0) this.#cutNow();
  }

  async changeHostKey(): Promise<void> {
    const key = join(this.folder, 'host');
    for (const file of [key, `${key}.pub`]) rmSync(file);
    makeKey(key);
    this.#sshd?.kill('SIGKILL');
    await this.#startSshd();
  }

  letIn(isLetIn: boolean): void {
    const keys = isLetIn ? readFileSync(join(this.folder, 'user.pub'), 'utf8') : '';
    writeFileSync(join(this.folder, 'authorized'), keys);
  }

  async end(): Promise<void> {
    this.isAway = true;
    this.#cutNow();
    this.#between.close();
    this.#sshd?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
    await Promise.resolve();
  }

  async #startSshd(): Promise<void> {
    // where it drops its rights; a machine that never had an sshd has none
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const log = join(this.folder, 'sshd.log');
    const parameters = ['-D', '-E', log, '-f', join(this.folder, 'sshd_config')];
    const sshd = spawn(SSHD ?? '', parameters, { detached: true, stdio: 'ignore' });
    if (sshd.pid !== undefined) sshd.once('exit', guardGroup(sshd.pid));
    this.#sshd = sshd;
    const end = Date.now() + 10_000;
    while (!(await isOpen(this.#port))) {
      if (Date.now() > end) throw new Error(`sshd does not start: ${readFileSync(log, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #cutNow(): void {
    this.#left = Infinity;
    for (const socket of this.#sockets) socket.destroy();
  }

  #passOn(near: Socket): void {
    if (this.isAway) {
      near.destroy();
      return;
    }
    this.connections++;
    const far = createConnection(this.#port, '127.0.0.1');
    const pass = (from: Socket, to: Socket, onBytes: (count: number) => void): void => {
      this.#sockets.add(from);
      from.on('data', (bytes) => {
        onBytes(bytes.length);
        if (this.delay === 0) to.write(bytes);
        else setTimeout(() => to.write(bytes), this.delay);
      });
      from.on('error', () => from.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        setTimeout(() => to.destroy(), this.delay);
      });
    };
    pass(near, far, () => undefined);
    pass(far, near, (count) => {
      this.#left -= count;
      if (this.#left < 0) this.#cutNow();
    });
  }
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
