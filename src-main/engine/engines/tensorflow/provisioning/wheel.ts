import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { currentPlatform } from './platform.ts';
import type { InstallOptions, InstallStage } from '../../../installations/progress.ts';
import { lastLines, runCommand } from '../../../../work/run-command.ts';

/**
 * The Python that wheels are chosen for. Only the library inside is used, so it need not be the
 * machine's own version, and a fixed one gives the same wheel everywhere.
 */
const PYTHON_TARGET = '3.12';

const PYTHON_HINT = 'Install Python 3 with pip (Debian, Ubuntu: `apt-get install python3 python3-pip`).';

/**
 * Downloads one wheel with pip, which knows the user's mirrors, proxies and certificates and checks hashes.
 * @param requirement e.g. `tensorflow-cpu>=2.16,<3`
 * @param folder receives the wheel; pip's temporary files go there too, so that nothing outlives it
 * @returns the wheel's path
 * @throws Problem `engine-missing` without Python, pip or network; `disk-full`
 */
export async function downloadWheel(
  requirement: string,
  folder: string,
  options: InstallOptions,
): Promise<string> {
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
      ['-m', 'pip', 'download', requirement, '--dest', folder, ...pipTarget()],
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
    if (result.status !== 0) throw downloadProblem(requirement, result.stderr);
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

/**
 * Extracts the members of a wheel whose whole name matches one of the patterns (Python regular expressions).
 * @throws Problem `engine-invalid` for a damaged wheel, `disk-full`
 */
export async function extractWheel(
  wheel: string,
  folder: string,
  patterns: readonly string[],
  options: InstallOptions,
): Promise<void> {
  const script = join(import.meta.dirname, 'extract_wheel.py');
  const detail = basename(wheel);
  const result = await runPython([script, wheel, folder, ...patterns], options, (line) => {
    const [done = 0, total = 0] = line.split(' ').map(Number);
    options.onProgress?.({ stage: 'extract', detail, done, total });
  });
  if (result.status === 0) return;
  if (isDiskFull(result.stderr)) throw diskFull(folder);
  throw new Problem('engine-invalid', `${wheel} could not be extracted: ${lastLines(result.stderr, 3)}`);
}

function pipTarget(): string[] {
  return [
    '--no-deps',
    '--only-binary=:all:',
    '--implementation=cp',
    `--python-version=${PYTHON_TARGET}`,
    ...currentPlatform().tags.map((tag) => `--platform=${tag}`),
    '--progress-bar=off',
    '--disable-pip-version-check',
    '--no-input',
  ];
}

async function runPython(
  parameters: readonly string[],
  options: InstallOptions,
  onLine: (line: string) => void,
  environment: Record<string, string> = {},
): ReturnType<typeof runCommand> {
  try {
    return await runCommand('python3', parameters, {
      signal: options.signal,
      onLine,
      environment: { PYTHONUNBUFFERED: '1', ...environment },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Problem('engine-missing', `python3 was not found. ${PYTHON_HINT}`, { cause: error });
  }
}

function downloadProblem(requirement: string, stderr: string): Problem {
  if (isDiskFull(stderr)) return diskFull('the engines folder');
  if (stderr.includes('No module named pip')) {
    return new Problem('engine-missing', `This Python has no pip. ${PYTHON_HINT}`);
  }
  return new Problem(
    'engine-missing',
    `pip could not download ${requirement}:\n${lastLines(stderr, 6)}\n` +
      'Check the network or pip’s configuration, or use a wheel you already have: `kindling engine install cpu --wheel FILE`.',
  );
}

function isDiskFull(text: string): boolean {
  return /No space left on device|Errno 28/.test(text);
}

function diskFull(where: string): Problem {
  return new Problem(
    'disk-full',
    `The disk is full: ${where} could not be written. Free some space and start again.`,
  );
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
