import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Card } from '../../../src-shared/machine/card.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { JobPlan } from '../../../src-shared/studies/plan-jobs.ts';
import { lastLine } from '../../files/last-line.ts';
import { isProcessAlive } from '../../is-process-alive.ts';
import { plainNode } from '../../plain-node.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import type { JobsWanted } from '../executor.ts';
import { leastUsedCard } from '../least-used-card.ts';
import { workerCommand } from '../spool/worker-command.ts';
import type { FleetWorker, WorkerFleet } from '../spool/worker-fleet.ts';

/** What of the machine the workers of a fleet use. */
export interface FleetPlace {
  /** None where the engine computes on none. */
  readonly cards: readonly Card[];
  /** Has a process compute on a card alone. */
  readonly environmentOf: (card: Card) => Readonly<Record<string, string>>;
  readonly plan: (request: JobsWanted) => JobPlan;
}

interface KnownWorker {
  readonly name: string;
  readonly pid: number;
  /** Id of its card; empty without one. */
  readonly card: string;
}

/**
 * Workers that are processes of this machine. Each leads a session of its own, which neither the end of this process nor of its
 * terminal reaches. The fleet's folder of a spool, which is there, has two files of each: `<host>-<name>.pid`, with its number and that of
 * its card, and the log of what it said.
 */
export class ProcessFleet implements WorkerFleet {
  readonly #folder: string;
  readonly #spool: string;
  readonly #home: string;
  readonly #place: FleetPlace;
  #cardBytes = 0;

  constructor(spool: string, home: string, place: FleetPlace) {
    this.#place = place;
    this.#folder = spoolPlaces.fleet(spool);
    this.#spool = spool;
    this.#home = home;
  }

  plan(request: JobsWanted): JobPlan {
    this.#cardBytes = request.memory?.cardBytes ?? 0;
    return this.#place.plan(request);
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
    const card = this.#nextCard();
    const onCard = card === null ? {} : this.#place.environmentOf(card);
    const log = openSync(this.#file(name, 'log'), 'a');
    try {
      const child = spawn(program, parameters, {
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, KINDLING_HOME: this.#home, ...onCard },
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      writeFileSync(this.#file(name, 'pid'), `${child.pid} ${card?.id ?? ''}`);
      child.unref();
    } catch (error) {
      throw new Problem('process-died', `A worker could not be started: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      closeSync(log);
    }
  }

  /** As trainers are given them; who started the workers may have ended since. */
  #nextCard(): Card | null {
    const alive = this.#known().filter(({ pid }) => this.#isAlive(pid));
    const users = ({ id }: Card): number => alive.filter(({ card }) => card === id).length;
    return leastUsedCard(this.#place.cards, users, this.#cardBytes);
  }

  /** Of this machine; what another one started is its own. */
  #known(): KnownWorker[] {
    return readdirSync(this.#folder).flatMap((file) => {
      const name = /^(.+)\.pid$/.exec(file)?.[1];
      if (name?.startsWith(`${hostname()}-`) !== true) return [];
      const [pid, card = ''] = readFileSync(join(this.#folder, file), 'utf8').split(' ');
      return { name, pid: Number(pid), card };
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
