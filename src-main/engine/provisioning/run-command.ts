import { spawn } from 'node:child_process';

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
  /** Milliseconds after which the command is killed; 0 for never. */
  readonly timeout?: number;
}

/**
 * Runs a program and gathers what it says; a status other than 0 is the caller's to judge.
 * @throws the abort reason when `signal` fires (the program is killed), and Node's ENOENT error when
 * the program does not exist.
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
    });
    let stdout = '';
    let stderr = '';
    let unfinished = '';
    const kill = (): void => void child.kill('SIGKILL');
    // Not spawn's own timeout, whose timer outlives a program that could not be started.
    const timer = options.timeout ? setTimeout(kill, options.timeout) : undefined;
    options.signal?.addEventListener('abort', kill, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const lines = (unfinished + text).split(/[\r\n]/);
      unfinished = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      reject(error);
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      if (options.signal?.aborted) reject(options.signal.reason as Error);
      else resolve({ status, signal, stdout, stderr });
    });
  });
}

/** The last lines of a program's complaint, for a message. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
