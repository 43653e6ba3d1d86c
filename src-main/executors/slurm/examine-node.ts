import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type Check, checkSchema } from '../../../src-shared/contract/api/settings.ts';
import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import { quoted } from '../../work/quoted.ts';
import { askSlurm } from './ask-slurm.ts';
import { missing, well } from './examine-slurm.ts';
import { noteOf } from './job-notes.ts';
import { type JobState, queuedJobs, workerState } from './job-states.ts';
import { reachCheck, reachScript } from './reach-host.ts';
import { sbatchOptions } from './sbatch-options.ts';
import type { Shell } from './shell.ts';

const ASK_AGAIN_MS = 1000;
/** A file that is written on a node may be seen that much later here. */
const LATE_FILE_MS = 60_000;

export interface NodeProbe {
  /** In which spools are made. */
  readonly folder: string;
  readonly settings: SlurmSettings;
  /** `kindling doctor --json`. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The machine that a job is to have collect; null where none is. */
  readonly collector: string | null;
  /** Milliseconds for which the job may wait. */
  readonly patience: number;
}

/**
 * Has a job of the same settings look at its node: whether it sees the folder, and has the program and an engine.
 * @throws Problem `cluster` where it is not accepted
 */
export async function examineNode(shell: Shell, probe: NodeProbe): Promise<Check[]> {
  const spool = mkdtempSync(join(probe.folder, 'probe-'));
  const name = `kindling-${basename(spool)}`;
  const answer = join(spool, 'answer.json');
  try {
    mkdirSync(spoolPlaces.fleet(spool));
    const script = join(spool, 'job.sh');
    writeFileSync(script, probeScript(probe, answer));
    const submission = {
      name,
      elements: 1,
      atOnce: 1,
      id: null,
      submittedAt: new Date().toISOString(),
      isOver: false,
    };
    await askSlurm(shell, ['sbatch', ...sbatchOptions(spool, submission, probe.settings), script]);
    const end = await itsEnd(shell, name, probe.patience);
    if (end !== null && workerState(end.state) !== 'ended') {
      const reason = noteOf(spool, submission, 0, end) ?? end.state;
      return [
        missing(
          'Node',
          `the probe has not begun within ${probe.patience / 1000} s: ${reason}`,
          'another partition, or wait',
        ),
      ];
    }
    const found = await lateFile(answer);
    return [
      ...readAnswer(found, () => noteOf(spool, submission, 0, end)),
      ...(found === null || probe.collector === null ? [] : [reachCheck(probe.collector, found.collector)]),
    ];
  } finally {
    await askSlurm(shell, ['scancel', '--quiet', `--name=${name}`]).catch(() => undefined);
    rmSync(spool, { recursive: true, force: true });
  }
}

/** Its output appears whole. A node without the folder has nowhere to say so but Slurm's exit status. */
function probeScript({ command, environment, collector }: NodeProbe, answer: string): string {
  return `#!/bin/sh
${Object.entries(environment)
  .map(([name, value]) => `export ${name}=${quoted(value)}`)
  .join('\n')}
${command.map(quoted).join(' ')} > ${quoted(`${answer}.part`)}
${collector === null ? '' : reachScript(collector, `${answer}.collector`)}uname -n > ${quoted(`${answer}.host`)}
mv ${quoted(`${answer}.part`)} ${quoted(answer)}
`;
}

/** The last state that Slurm told of a job; null where it does not know it. */
async function itsEnd(shell: Shell, name: string, patience: number): Promise<JobState | null> {
  const end = Date.now() + patience;
  let state = await stateOf(shell, name);
  while (state !== null && workerState(state.state) !== 'ended') {
    if (workerState(state.state) === 'waiting' && Date.now() > end) return state;
    await wait(ASK_AGAIN_MS);
    state = await stateOf(shell, name);
  }
  return state;
}

async function stateOf(shell: Shell, name: string): Promise<JobState | null> {
  return (await queuedJobs(shell, [name]))[0] ?? null;
}

interface Answer {
  readonly text: string;
  readonly host: string;
  /** Empty where nothing was asked. */
  readonly collector: string;
}

async function lateFile(file: string): Promise<Answer | null> {
  const end = Date.now() + LATE_FILE_MS;
  for (;;) {
    try {
      const [text, host] = ['', '.host'].map((ending) => readFileSync(`${file}${ending}`, 'utf8'));
      const collector = `${file}.collector`;
      return {
        ...{ text: text ?? '', host: host?.trim() ?? '' },
        collector: existsSync(collector) ? readFileSync(collector, 'utf8') : '',
      };
    } catch {
      if (Date.now() > end) return null;
      await wait(ASK_AGAIN_MS);
    }
  }
}

function readAnswer(answer: Answer | null, how: () => string | null): Check[] {
  if (answer === null) {
    const why = how();
    return [
      missing(
        'Node',
        `a job ran, but nothing of it appeared in the folder${why === null ? '' : ` (${why})`}`,
        '--folder on a disk that the nodes share',
      ),
    ];
  }
  const host = `Node ${answer.host}`;
  const checks = z.array(checkSchema).safeParse(parsed(answer.text)).data;
  if (checks === undefined) {
    const why = how();
    return [
      missing(
        host,
        `kindling does not run there${why === null ? '' : ` (${why})`}`,
        'the same program at the same path as here',
      ),
    ];
  }
  // of the others a worker needs nothing
  const engine = checks.filter(({ name }) => name === 'Engine' || name === 'Devices');
  return [
    well(host, 'sees the folder and runs kindling'),
    ...engine.map((check) => ({ ...check, name: `${check.name} there` })),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
