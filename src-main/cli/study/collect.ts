import type { StudyOutcome } from '../../../src-shared/contract/api/execution.ts';
import type { StudyListing } from '../../../src-shared/contract/api/studies.ts';
import { counted } from '../../../src-shared/counted.ts';
import { failedText } from '../../../src-shared/runs/failed-text.ts';
import { openClient } from '../application/open-client.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, printLine } from '../output.ts';
import { studyDisplay } from './display.ts';
import { followToEnd } from './follow-to-end.ts';

type Outcome = Pick<StudyOutcome, 'study' | 'total' | 'done' | 'failed' | 'diverged' | 'waiting'>;

/** The application that holds the store follows the study, or there is nothing left to be taken. */
class UpToDate extends Error {
  readonly study: StudyListing;

  constructor(study: StudyListing) {
    super();
    this.study = study;
  }
}

/** What workers have finished of it is taken where it is brought back: no failure, for which a job of a cluster would try again. */
class InTrash extends Error {}

export interface CollectOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/**
 * Takes what workers have finished of a study. Ctrl-C ends the following; the workers go on.
 * @throws Problem `not-found`, and of the spool and the store
 */
export async function collectStudy(storeFile: string, study: string, options: CollectOptions): Promise<void> {
  const client = await openClient(storeFile, '`kindling study collect`');
  const display = studyDisplay(options.json ? process.stderr : process.stdout);
  let outcome: Outcome;
  try {
    outcome = await interruptible((signal) => {
      // an application of its own parts with the workers when it closes
      const stopped = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
      const followed = followToEnd(client, display, async () => {
        const trashed = await client.request('studies.trashed', {});
        if (trashed.some(({ name }) => name === study)) throw new InTrash();
        const saved = await client.request('studies.collect', { study, follows: options.follow ?? false });
        if (saved.isUpToDate && !(options.follow && saved.activity !== 'idle')) throw new UpToDate(saved);
        return saved;
      });
      return Promise.race([followed, stopped]);
    });
  } catch (error) {
    if (error instanceof InTrash) return tellTrashed(study, options);
    if (!(error instanceof UpToDate)) throw error;
    outcome = outcomeOf(error.study);
  } finally {
    display.end();
    await client.close();
  }
  const { done, total, waiting } = outcome;
  if (options.json)
    return printJson({ study: outcome.study, complete: done, failed: outcome.failed, waiting, total });
  const failures = failedText(outcome);
  const parts = [
    `${done} of ${counted(total, 'run')} complete`,
    failures,
    waiting > 0 ? `${waiting} with the workers or waiting` : '',
  ];
  printLine(`${outcome.study}: ${parts.filter((part) => part !== '').join(', ')}`);
}

function tellTrashed(study: string, { json }: CollectOptions): void {
  if (json) printJson({ study, trashed: true });
  else
    printLine(
      `${study} is in the trash: nothing was taken. What workers have finished of it is taken once it is restored.`,
    );
}

function outcomeOf({ name, wanted, complete, leftOut }: StudyListing): Outcome {
  const { failed, diverged } = leftOut;
  const ended = failed + diverged;
  return {
    ...{ study: name, total: wanted, done: complete, failed: ended, diverged },
    waiting: wanted - complete - ended - leftOut.skipped,
  };
}
