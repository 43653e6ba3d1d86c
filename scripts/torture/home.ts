import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { enginesFolder } from '../../src-main/home.ts';
import { awaitEnd, markedProcesses, type MarkedProcess, signal } from './marked-processes.ts';
import { mountDisk, remountDisk, unmountDisk } from './small-disk.ts';
import { foreignRuns } from './studies.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const LAUNCHER = path.join(ROOT, 'bin/kindling.mjs');
const PRELOAD = pathToFileURL(path.join(import.meta.dirname, 'preload.mjs')).href;

/** Of a disk of its own: what a home takes at most, and a little more. */
const DISK = '96m';

/** What a command has said and how it ended. */
export interface Command {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/** A home of an application that may be killed at any moment, with the means to start it and to find all of its processes. */
export class TortureHome {
  readonly folder: string;
  readonly home: string;
  readonly store: string;
  readonly study: string;
  readonly foreign: string;
  /** Where processes write down what they did in the present life. */
  log = '';
  readonly #mark: string;
  readonly #node: string;
  #lives = 0;
  #isMounted = false;

  /**
   * @param node that runs the launcher
   * @param shared data sets, which all homes read
   */
  constructor(folder: string, study: string, { node, data }: { node: string; data: string | null }) {
    this.folder = folder;
    this.home = path.join(folder, 'home');
    this.store = path.join(this.home, 'kindling.sqlite');
    this.study = path.join(folder, 'study.yaml');
    this.foreign = path.join(folder, 'foreign.csv');
    this.#node = node;
    this.#mark = `KINDLING_TORTURE=${folder}`;
    fs.mkdirSync(this.home, { recursive: true });
    fs.writeFileSync(this.study, study);
    fs.writeFileSync(this.foreign, foreignRuns());
    this.#data = data;
    this.#furnish();
  }

  readonly #data: string | null;

  #furnish(): void {
    fs.symlinkSync(enginesFolder(), enginesFolder(this.home));
    if (this.#data !== null) fs.symlinkSync(this.#data, path.join(this.home, 'data'));
  }

  /** Puts the home on a disk of its own, which can be full or read-only; for root only. */
  mount(): void {
    fs.rmSync(this.home, { recursive: true });
    fs.mkdirSync(this.home);
    mountDisk(this.home, DISK);
    this.#isMounted = true;
    this.#furnish();
  }

  get isMounted(): boolean {
    return this.#isMounted;
  }

  setReadOnly(isReadOnly: boolean): void {
    remountDisk(this.home, isReadOnly);
  }

  /** Leaves no room. @returns makes room again */
  fillDisk(): () => void {
    const ballast = path.join(this.home, 'ballast');
    const file = fs.openSync(ballast, 'w');
    try {
      for (const size of [1 << 20, 1 << 12]) for (;;) if (!fill(file, size)) break;
    } finally {
      fs.closeSync(file);
    }
    return () => fs.rmSync(ballast, { force: true });
  }

  /** What is written down from now on belongs to the next life. */
  beginLife(): void {
    this.log = path.join(this.folder, 'log', String(++this.#lives));
    fs.mkdirSync(this.log, { recursive: true });
  }

  /** The `kindling` command, as a person starts it. */
  start(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): Command {
    const child = spawn(this.#node, [LAUNCHER, ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.#environment(), ...environment },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        fs.appendFileSync(path.join(this.log, 'said'), text);
      });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, said: () => said, ended };
  }

  processes(): MarkedProcess[] {
    return markedProcesses(this.#mark);
  }

  /** @returns those that are left when the time is over */
  awaitEnd(milliseconds: number): Promise<MarkedProcess[]> {
    return awaitEnd(this.#mark, milliseconds);
  }

  /** Ends all that was started here, and removes it unless it is to be looked at. */
  async leave(isKept: boolean): Promise<void> {
    for (const { pid } of this.processes()) {
      signal(pid, 'SIGCONT');
      signal(pid, 'SIGKILL');
    }
    await this.awaitEnd(5000);
    if (this.#isMounted) {
      if (isKept) fs.cpSync(this.home, `${this.home}-kept`, { recursive: true, verbatimSymlinks: true });
      unmountDisk(this.home);
    }
    if (!isKept) fs.rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): Record<string, string> {
    const [name = '', value = ''] = this.#mark.split('=');
    return {
      [name]: value,
      KINDLING_HOME: this.home,
      KINDLING_TUNING: 'off',
      KINDLING_TORTURE_LOG: this.log,
      NODE_OPTIONS: `--import ${PRELOAD}`,
    };
  }
}

function fill(file: number, size: number): boolean {
  try {
    return fs.writeSync(file, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}
