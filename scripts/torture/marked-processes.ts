import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Processes that bear a mark in their environment, as all that are started by one that does. */

export interface MarkedProcess {
  readonly pid: number;
  /** Program and parameters. */
  readonly command: readonly string[];
}

/** Of Linux; those that are over already, and wait only for their parent, are none. */
export function markedProcesses(mark: string): MarkedProcess[] {
  const found: MarkedProcess[] = [];
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    try {
      if (!fs.readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0').includes(mark)) continue;
      const command = fs.readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0').slice(0, -1);
      if (command.length > 0) found.push({ pid: Number(entry), command });
    } catch {
      // it has ended meanwhile
    }
  }
  return found;
}

/** @param end of a path, as `src-main/trainer/main.ts` */
export function running(processes: readonly MarkedProcess[], end: string): MarkedProcess[] {
  return processes.filter(({ command }) => command.slice(0, 3).some((word) => word.endsWith(end)));
}

export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    // it has ended by itself
    return false;
  }
}

/** What is wrong where processes are left. */
export function stillRunning(processes: readonly MarkedProcess[]): string[] {
  if (processes.length === 0) return [];
  return [`left over: ${processes.map(({ command }) => command.join(' ')).join('; ')}`];
}

/** @returns those that are left when the time is over */
export async function awaitEnd(mark: string, milliseconds: number): Promise<MarkedProcess[]> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const left = markedProcesses(mark);
    if (left.length === 0 || performance.now() > deadline) return left;
    await wait(20);
  }
}
