import { spawn } from 'node:child_process';
import { type AwakeTimer, awakeTimer } from './awake-timer.ts';
import { guardGroup } from './guarded-groups.ts';
import { killGroup } from './kill-group.ts';

export interface CommandResult {
  readonly status: number | null;
  /** The signal that ended the command, or null. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CommandOptions {
  readonly environment?: Record<string, string>;
  readonly folder?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with each complete line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds in which this process was awake, after which the command is killed; 0 for never. */
  readonly timeout?: number;
}

/**
 * Runs a program of others and gathers what it says; a status other than 0 is the caller's to judge. It leads a group of
 * its own, which ends with this process, however that ends: a compiler's children, too.
 *
 * @throws the abort reason when `signal` fires (the group is killed), and Node's ENOENT error when the program does not
 *   exist.
 */
export function runCommand(
  program: string,
  parameters: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted();
    const child = spawn(program, parameters, {
      cwd: options.folder,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const { pid } = child;
    const release = pid === undefined ? () => undefined : guardGroup(pid);
    let stdout = '';
    let stderr = '';
    let unfinished = '';
    const kill = (): void => {
      if (pid !== undefined) killGroup(pid);
    };
    const timer: AwakeTimer | null = options.timeout ? awakeTimer(options.timeout, kill) : null;
    options.signal?.addEventListener('abort', kill, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const lines = (unfinished + text).split(/[\r\n]/);
      unfinished = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const end = (): void => {
      release();
      timer?.stop();
      options.signal?.removeEventListener('abort', kill);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (status, signal) => {
      end();
      if (options.signal?.aborted) reject(options.signal.reason as Error);
      else resolve({ status, signal, stdout, stderr });
    });
  });
}

/** The last lines of a program's complaint, for a message. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
