import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isProcessAlive } from '../../../src-main/is-process-alive.ts';

export interface StartedHost {
  readonly pid: number;
  /** The next line that it says. @throws Error if it has ended */
  line(): Promise<string>;
  /** Resolves with its status, or the signal that ended it. */
  readonly end: Promise<unknown>;
}

/**
 * Starts a program beside the tests of work; it is killed after the test.
 * @param environment added to that of this process
 */
export function startHost(
  context: TestContext,
  parameters: readonly unknown[],
  program = 'work-host.ts',
  environment: Readonly<Record<string, string>> = {},
): StartedHost {
  const child = spawn(
    process.execPath,
    [
      resolve(import.meta.dirname, program),
      ...parameters.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
  );
  const end = once(child, 'exit').then(([status, signal]: unknown[]) => status ?? signal);
  context.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    end,
    line: async () => {
      const { done, value } = await lines.next();
      if (done) throw new Error(`it has ended: ${String(await end)}`);
      return value;
    },
  };
}

/** Resolves when the process is gone, and fails if it is still there after ten seconds. */
export async function gone(pid: number): Promise<void> {
  for (let look = 0; look < 200 && isRunning(pid); look++) await setTimeout(50);
  assert(!isRunning(pid), `process ${pid} is still there`);
}

/** One that has ended and waits for a parent to take note of it does not run. */
function isRunning(pid: number): boolean {
  if (!isProcessAlive(pid)) return false;
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return isProcessAlive(pid);
  }
}
