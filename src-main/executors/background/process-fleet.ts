import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { lastLine } from '../../files/last-line.ts';
import { isProcessAlive } from '../../is-process-alive.ts';
import { plainNode } from '../../plain-node.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import { workerCommand } from '../spool/worker-command.ts';
import type { FleetWorker, WorkerFleet } from '../spool/worker-fleet.ts';

/**
 * Workers that are processes of this machine. Each leads a session of its own, which neither the end of this process nor of its
 * terminal reaches. The fleet's folder of a spool, which is there, has two files of each: `<host>-<name>.pid` and the log of what it said.
 */
export class ProcessFleet implements WorkerFleet {
  readonly #folder: string;
  readonly #spool: string;
  readonly #home: string;

  constructor(spool: string, home: string) {
    this.#folder = spoolPlaces.fleet(spool);
    this.#spool = spool;
    this.#home = home;
  }

  async start(count: number): Promise<void> {
    for (let started = 0; started < count; started++) await this.#startOne();
  }

  workers(): Promise<readonly FleetWorker[]> {
    return Promise.resolve(
      this.#known().map(({ name, pid }) => {
        if (this.#isAlive(pid)) return { id: String(pid), state: 'running', note: null };
        rmSync(this.#file(name, 'pid'), { force: true });
        return { id: String(pid), state: 'ended', note: lastLine(this.#file(name, 'log')) };
      }),
    );
  }

  stop(): Promise<void> {
    for (const { pid } of this.#known()) if (this.#isAlive(pid)) process.kill(pid, 'SIGTERM');
    return Promise.resolve();
  }

  async #startOne(): Promise<void> {
    const name = `${hostname()}-${randomBytes(4).toString('hex')}`;
    const [program = '', ...parameters] = workerCommand(this.#spool, { node: plainNode() });
    const log = openSync(this.#file(name, 'log'), 'a');
    try {
      const child = spawn(program, parameters, {
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, KINDLING_HOME: this.#home },
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      writeFileSync(this.#file(name, 'pid'), String(child.pid));
      child.unref();
    } catch (error) {
      throw new Problem('process-died', `A worker could not be started: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      closeSync(log);
    }
  }

  /** Of this machine; what another one started is its own. */
  #known(): { name: string; pid: number }[] {
    return readdirSync(this.#folder).flatMap((file) => {
      const name = /^(.+)\.pid$/.exec(file)?.[1];
      if (name?.startsWith(`${hostname()}-`) !== true) return [];
      return { name, pid: Number(readFileSync(join(this.#folder, file), 'utf8')) };
    });
  }

  /** The number of one that has ended may be another program's by now. */
  #isAlive(pid: number): boolean {
    if (!isProcessAlive(pid)) return false;
    if (process.platform !== 'linux') return true;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(this.#spool);
    } catch {
      return false;
    }
  }

  #file(name: string, ending: 'pid' | 'log'): string {
    return join(this.#folder, `${name}.${ending}`);
  }
}
