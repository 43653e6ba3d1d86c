import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { installing, mendedByInstalling } from '../../../installations/install-advice.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions, InstallStage } from '../../../installations/progress.ts';
import { type CommandResult, lastLines, runCommand } from '../../../../work/run-command.ts';

/** @param what could not be downloaded and why, whole sentences or lines */
export function downloadProblem(what: string, cause?: unknown): Problem {
  const otherwise = 'Check the network or pip’s configuration, or use a wheel you already have';
  const way = { ...installing('cpu'), command: 'kindling engine install cpu --wheel FILE' };
  return mendedByInstalling('engine-missing', `${what}\n${otherwise}`, way, { cause });
}

/**
 * Downloads one wheel with pip, which knows more of the user's mirrors, proxies and certificates, and checks hashes.
 * @param requirement e.g. `tensorflow-cpu>=2.16,<3`
 * @param python version that the wheel is for, e.g. `3.12`
 * @param folder receives the wheel; pip's temporary files go there too, so that nothing outlives it
 * @returns the wheel's path; null where there is no Python with pip
 * @throws Problem `engine-missing` without network; `disk-full`
 */
export async function downloadWithPip(
  requirement: string,
  python: string,
  folder: string,
  options: InstallOptions,
): Promise<string | null> {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  let total: number | null = null;
  let detail = requirement;
  let stage: InstallStage = 'find';
  let done = 0;
  const report = (): void => {
    // pip moves the file away at the end: what was seen stays done.
    done = Math.max(done, largestFile(temporary));
    const known = stage === 'download';
    options.onProgress?.({ stage, detail, done: known ? done : null, total: known ? total : null });
  };
  report();
  const timer = setInterval(report, 250);
  try {
    const result = await runPython(
      ['-m', 'pip', 'download', requirement, '--dest', folder, ...pipTarget(python)],
      options,
      (line) => {
        const started = /^\s*Downloading (\S+)(?: \(([\d.]+) ([kMG])B\))?/.exec(line);
        if (started === null || line.includes('.metadata')) return;
        stage = 'download';
        detail = basename(started[1] ?? requirement);
        total = started[2] ? Number(started[2]) * unit(started[3]) : null;
      },
      { TMPDIR: temporary },
    );
    if (result === null || result.stderr.includes('No module named pip')) return null;
    if (result.status !== 0) throw pipProblem(requirement, result.stderr);
  } finally {
    clearInterval(timer);
  }
  const wheel = readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (wheel === undefined) throw new Error(`pip reported success, but ${folder} holds no wheel`);
  return wheel;
}

function pipTarget(python: string): string[] {
  return [
    '--no-deps',
    '--only-binary=:all:',
    '--implementation=cp',
    `--python-version=${python}`,
    ...currentPlatform().tags.map((tag) => `--platform=${tag}`),
    '--progress-bar=off',
    '--disable-pip-version-check',
    '--no-input',
  ];
}

/** Null where there is no Python. */
async function runPython(
  parameters: readonly string[],
  options: InstallOptions,
  onLine: (line: string) => void,
  environment: Record<string, string>,
): Promise<CommandResult | null> {
  try {
    return await runCommand('python3', parameters, {
      signal: options.signal,
      onLine,
      environment: { PYTHONUNBUFFERED: '1', ...environment },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function pipProblem(requirement: string, stderr: string): Problem {
  if (/No space left on device|Errno 28/.test(stderr))
    return new Problem(
      'disk-full',
      'The disk is full: the engines folder could not be written. Free some space and start again.',
    );
  return downloadProblem(`pip could not download ${requirement}:\n${lastLines(stderr, 6)}`);
}

function unit(letter: string | undefined): number {
  return { k: 1e3, M: 1e6, G: 1e9 }[letter ?? ''] ?? 1;
}

/** pip writes the file it is downloading somewhere below its temporary folder. */
function largestFile(folder: string): number {
  let largest = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) largest = Math.max(largest, statSync(join(entry.parentPath, entry.name)).size);
    }
  } catch {
    // A file that vanished between the listing and the look.
  }
  return largest;
}
