import type { StudyOutcome } from '../../../src-shared/contract/api/execution.ts';
import { counted } from '../../../src-shared/counted.ts';
import { failedText } from '../../../src-shared/runs/failed-text.ts';
import { openClient } from '../application/open-client.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, printLine } from '../output.ts';
import { studyDisplay } from './display.ts';
import { followToEnd } from './follow-to-end.ts';

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
  let outcome: StudyOutcome;
  try {
    outcome = await interruptible((signal) => {
      // an application of its own parts with the workers when it closes
      const stopped = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
      const followed = followToEnd(client, display, () =>
        client.request('studies.collect', { study, follows: options.follow ?? false }),
      );
      return Promise.race([followed, stopped]);
    });
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
