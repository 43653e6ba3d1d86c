import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { CommandOutcome } from './command-line.ts';

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');

export interface StartedCommand {
  /** Resolves when it has said something like this, on either output. @throws Error if it ends before */
  said(words: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly end: Promise<CommandOutcome>;
}

/** Starts the command line in a process of its own, beside which this one goes on. It is killed after the test. */
export function startCommand(
  context: TestContext,
  parameters: readonly string[],
  environment: Record<string, string>,
): StartedCommand {
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  context.after(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  const end = once(child, 'close').then(([status]: unknown[]) => ({
    status: status as number | null,
    ...output,
  }));
  return {
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (words.test(output.stdout + output.stderr)) resolve();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void end.then(({ status, stderr }) => reject(new Error(`status ${status}: ${stderr}`)));
        look();
      }),
    kill: (signal) => void child.kill(signal),
    end,
  };
}
