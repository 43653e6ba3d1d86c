import { resolve } from 'node:path';
import { mistakesProblem } from '../../../src-shared/contract/mistakes-problem.ts';
import { counted } from '../../../src-shared/counted.ts';
import { writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { checkRuns } from '../../../src-shared/studies/check-runs.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';
import { type GatheredStudy, machineEquipment } from '../../api/equipment.ts';
import { artifactsFolder, kindlingHome } from '../../home.ts';
import type { StudyOutcome } from '../../scheduler/events.ts';
import { failedText } from '../../scheduler/failed-text.ts';
import { type RunningStudy, runStudy } from '../../scheduler/run-study.ts';
import { openStore } from '../../store/open-store.ts';
import { type CheckedStudy, checkStudy } from '../../studies/check-study.ts';
import { readStudyFile } from '../../studies/read-study-file.ts';
import type { Store } from '../../store/store.ts';
import { typedCommand } from '../../typed-command.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { printJson, printLine } from '../output.ts';
import type { StudyRunOptions } from '../study.ts';
import { type StudyDisplay, studyDisplay } from './display.ts';
import { followStudy } from './follow-study.ts';
import { readStudy } from './read-study.ts';
import { figuresFolder, printResults, writeFigures } from './results.ts';

/**
 * Runs what a study lacks, shows its course and at the end its table and figures. Leaves with status 1 when
 * runs failed.
 * @throws Problem of the study file, the data, the engine and the store; Interrupted after Ctrl-C
 */
export async function runStudyFile(storeFile: string, file: string, options: StudyRunOptions): Promise<void> {
  const start = await gather(file, options);
  const store = openStore(storeFile, {
    purpose: 'schedule',
    artifactsRoot: artifactsFolder(),
    holder: '`kindling study run`',
  });
  // not before: on a terminal it draws until it is ended
  const display = studyDisplay(options.json ? process.stderr : process.stdout);
  try {
    const outcome = await train(store, start, display);
    display.end();
    report(store, storeFile, outcome, options);
  } finally {
    display.end();
    store.close();
  }
}

/** All that a study needs besides the store; nothing has been changed when it throws. */
function gather(file: string, options: StudyRunOptions): Promise<GatheredStudy> {
  const equipment = machineEquipment(kindlingHome(), () => options.jobs ?? null);
  const { text } = readStudyFile(file);
  // this process has nothing else to do meanwhile, and needs no thread
  const read = checkStudy(text, file, (dataset) => equipment.describeDataset(dataset));
  const study = options.seeds === undefined ? read : seeded(read, options.seeds);
  return equipment.gather({ ...study, retryDiverged: options.retryDiverged ?? false });
}

/** With seeds 0 to count - 1. What the store keeps is a file of the study that was run. */
function seeded(study: CheckedStudy, count: number): CheckedStudy {
  const definition = withSeeds(study.definition, count);
  const mistakes = checkRuns(definition, study.cells);
  if (mistakes.length > 0) throw mistakesProblem('usage', mistakes);
  return { ...study, definition, text: writeSeeds(study.text, definition) };
}

function train(store: Store, start: GatheredStudy, display: StudyDisplay): Promise<StudyOutcome> {
  let running: RunningStudy | null = null;
  const work = (signal: AbortSignal): Promise<StudyOutcome> => {
    running = runStudy({ ...start, store, onEvent: followStudy(display) });
    signal.addEventListener('abort', () => running?.stop());
    return running.finished;
  };
  return interruptible(work, {
    onFirst: () => display.line('stopping after the present step of each trainer (Ctrl-C again: at once) …'),
    onSecond: () => running?.kill(),
  });
}

function report(store: Store, storeFile: string, outcome: StudyOutcome, options: StudyRunOptions): void {
  const reading = readStudy(store, outcome.study);
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
  const figures = writeFigures(reading, folder);
  if (!options.json && figures.length > 0) printLine(`\n${figures.join('\n')}`);
  const missing = outcome.total - outcome.done - outcome.failed;
  if (outcome.stopped && missing > 0) {
    throw new Interrupted(
      `stopped; ${missing} of ${outcome.total} runs are missing. Start it again to go on.`,
    );
  }
  if (outcome.failed > 0) {
    console.error(
      `kindling: of ${counted(outcome.total, 'run')} ${failedText(outcome)}; \`${typedCommand('run list --state failed', storeFile)}\` tells why.`,
    );
    if (outcome.diverged > 0) console.error('kindling: `--retry-diverged` repeats what diverged, too.');
    process.exitCode = 1;
  }
}
