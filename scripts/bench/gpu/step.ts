import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';

/** A command that shows one thing. */
export interface Step {
  /** e.g. `doctor`; names its log. */
  readonly name: string;
  /** What it shows, for the table. */
  readonly about: string;
  /** Parameters of Node. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What of its output stands in the table; the last line unless said otherwise. */
  readonly result?: (output: string) => string;
  /** The reason that stands there where it failed; its last error unless said otherwise, or null. */
  readonly failure?: (output: string) => string | null;
}

export interface StepOutcome extends Pick<Step, 'name' | 'about'> {
  readonly seconds: number;
  /** Null where it was ended by a signal or could not be started. */
  readonly status: number | null;
  /** Of what it wrote, or of its last error where it failed. */
  readonly result: string;
  /** Standard output. */
  readonly output: string;
}

/** Runs a step; what it writes goes into `NAME.log` of the folder, too. Never throws for what the step does. */
export async function runStep(step: Step, folder: string): Promise<StepOutcome> {
  const { name, about } = step;
  const log = createWriteStream(path.join(folder, `${name}.log`));
  const began = performance.now();
  const child = spawn(process.execPath, step.command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...step.environment },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    log.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
    log.write(text);
  });
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      errors = error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  log.end();
  await finished(log);
  const seconds = (performance.now() - began) / 1000;
  return { name, about, seconds, status, output, result: resultOf(step, status, output, errors) };
}

function resultOf(step: Step, status: number | null, output: string, errors: string): string {
  if (status === 0) return (step.result ?? lastLine)(output);
  const reason = step.failure?.(output) ?? (lastLine(errors) || lastLine(output));
  return `failed (${status ?? 'ended by a signal'}): ${reason}`;
}

/** The last line that says something. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
