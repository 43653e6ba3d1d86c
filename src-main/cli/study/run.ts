import { resolve } from 'node:path';
import type { StudyOutcome } from '../../../src-shared/contract/api/execution.ts';
import type { SavedStudy } from '../../../src-shared/contract/api/studies.ts';
import { counted } from '../../../src-shared/counted.ts';
import { orList } from '../../../src-shared/lists.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { failedText } from '../../../src-shared/runs/failed-text.ts';
import type { GoOn } from '../../../src-shared/studies/trainer-protocol.ts';
import type { TrainersAtOnce } from '../../../src-shared/studies/trainers-at-once.ts';
import { EXECUTORS, USUAL_EXECUTOR } from '../../executors/registry.ts';
import { spoolsOf } from '../../executors/spool/find-spool.ts';
import { kindlingHome } from '../../home.ts';
import { readCollector } from '../../spool/collector.ts';
import { typedCommand } from '../../typed-command.ts';
import type { Client } from '../application/client.ts';
import { openClient } from '../application/open-client.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine } from '../output.ts';
import { type LocalOptions, localSettings } from '../local-options.ts';
import { type SlurmOptions, slurmSettings } from '../slurm-options.ts';
import { studyDisplay } from './display.ts';
import { followToEnd } from './follow-to-end.ts';
import { readStudyIn } from './read-study.ts';
import { readStudyToRun } from './read-study-to-run.ts';

export interface StudyRunOptions extends SlurmOptions, LocalOptions {
  readonly seeds?: number;
  readonly jobs?: TrainersAtOnce;
  readonly executor?: string;
  readonly retryDiverged?: boolean;
  readonly resume?: GoOn['how'];
  readonly detach?: boolean;
  readonly submitAndLeave?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

/**
 * Runs what a study lacks, shows its course and at the end its table and figures. Leaves with status 1 when
 * runs failed. Where the window or `kindling serve` holds the store, the study runs there.
 * @throws Problem of the study file, the data, the engine and the store; Interrupted after Ctrl-C
 */
export async function runStudyFile(storeFile: string, file: string, options: StudyRunOptions): Promise<void> {
  if (options.submitAndLeave) requireElsewhere(options.executor);
  // each refuses what is for the other's place
  const here = localSettings(options);
  const settings = slurmSettings(options) ?? here;
  const text = readStudyToRun(file, options.seeds);
  const client = await openClient(storeFile, '`kindling study run`');
  let outcome: StudyOutcome;
  try {
    if (options.detach && client.host === null) throw nobodyGoesOn();
    const save = (): Promise<SavedStudy> =>
      client.request('studies.save', {
        text,
        fileName: file,
        launch: true,
        jobs: options.jobs ?? null,
        executor: options.executor ?? null,
        settings,
        leaves: options.submitAndLeave ?? false,
        folder: process.cwd(),
        retryDiverged: options.retryDiverged ?? false,
        goOn: options.resume ?? 'exact',
      });
    if (options.detach) return tellDetached(client, await save(), options);
    outcome = await train(client, save, options);
  } finally {
    await client.close();
  }
  const left = outcome.total - outcome.done - outcome.failed;
  if (options.submitAndLeave && !outcome.stopped && left > 0) return tellLeft(storeFile, outcome.study, left);
  await report(storeFile, outcome, options);
}

/** @throws Problem where the runs would end with this command */
function requireElsewhere(name = USUAL_EXECUTOR.name): void {
  const able = EXECUTORS.filter(({ isElsewhere }) => isElsewhere).map((executor) => executor.name);
  if (!able.includes(name))
    throw new Problem(
      'usage',
      `--submit-and-leave: runs of the executor ${name} end with this command, so there is nobody to leave them to: add --executor ${orList(able)}.`,
    );
}

function nobodyGoesOn(): Problem {
  return new Problem(
    'usage',
    '--detach: no application is running; start `kindling serve` or the window first.',
  );
}

function tellDetached(client: Client, { name, activity, place }: SavedStudy, options: StudyRunOptions): void {
  if (options.json) return printJson({ study: name, activity, place });
  const where = place === null ? '' : `, position ${place} in the queue`;
  printLine(`${name} is ${activity} in ${client.host}${where}; run \`study run\` again to follow it.`);
}

async function tellLeft(storeFile: string, study: string, left: number): Promise<void> {
  const collector = await collectorOf(storeFile, study);
  const then = collector === null ? '' : `, ${collector}`;
  console.error(
    `kindling: ${counted(left, 'run')} left to workers${then}; \`${typedCommand(`study collect ${study}`, storeFile)}\` takes their results.`,
  );
}

/** What will collect by itself, in words; null where nothing does. */
async function collectorOf(storeFile: string, study: string): Promise<string | null> {
  const store = openToRead(storeFile);
  const identity = store.identity();
  store.close();
  const found = (await spoolsOf(kindlingHome(), identity)).find((each) => each.study === study);
  return found?.at === null ? ((await readCollector(found.spool))?.words ?? null) : null;
}

async function train(
  client: Client,
  save: () => Promise<SavedStudy>,
  options: StudyRunOptions,
): Promise<StudyOutcome> {
  const display = studyDisplay(options.json ? process.stderr : process.stdout);
  let study: string | null = null;
  const cancel = (now: boolean): void => {
    if (study !== null) client.request('studies.cancel', { study, now }).catch(() => undefined);
  };
  try {
    return await interruptible(
      (signal) => {
        signal.addEventListener('abort', () => cancel(false));
        return followToEnd(client, display, async () => {
          const saved = await save();
          study = saved.name;
          if (signal.aborted) cancel(false);
          return saved;
        });
      },
      {
        onFirst: () =>
          display.line('stopping after the current step of each trainer (Ctrl-C again stops at once) …'),
        onSecond: () => cancel(true),
      },
    );
  } finally {
    display.end();
  }
}

async function report(storeFile: string, outcome: StudyOutcome, options: StudyRunOptions): Promise<void> {
  // what draws takes its time to load
  const { figuresFolder, printResults, writeFigures } = await import('./results.ts');
  const reading = readStudyIn(storeFile, outcome.study);
  const folder =
    options.output === undefined ? figuresFolder(storeFile, outcome.study) : resolve(options.output);
  if (options.json) {
    printJson(reading.cells);
    if (reading.aside !== '') console.error(`kindling: ${reading.aside}.`);
  } else {
    printLine();
    printResults(reading);
  }
  // after the table, which a folder that cannot be written does not cost
  const figures = await writeFigures(reading, folder);
  if (!options.json && figures.length > 0) printLine(`\n${figures.join('\n')}`);
  const missing = outcome.total - outcome.done - outcome.failed;
  if (outcome.stopped && missing > 0) {
    throw new Interrupted(
      `stopped; ${missing} of ${outcome.total} runs are missing. Run the command again to continue.`,
    );
  }
  if (outcome.failed > 0) {
    console.error(
      `kindling: of ${counted(outcome.total, 'run')} ${failedText(outcome)}; \`${typedCommand('run list --state failed', storeFile)}\` shows why.`,
    );
    if (outcome.diverged > 0) console.error('kindling: `--retry-diverged` repeats what diverged, too.');
    process.exitCode = 1;
  }
}
