import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface CommandOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');

/** Runs the command line in a process of its own, as a user does. */
export function kindling(
  parameters: readonly string[],
  environment: Record<string, string> = {},
  nodeOptions: readonly string[] = [],
): CommandOutcome {
  return spawnSync(process.execPath, [...nodeOptions, MAIN, ...parameters], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
}
