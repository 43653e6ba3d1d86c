import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { openClient } from '../application/open-client.ts';
import { printJson, printLine } from '../output.ts';
import { RUN_CHANGES, type RunChange } from './run-changes.ts';

/**
 * Does this to the runs, all or none of them.
 * @throws Problem of the store and of what cannot be done; `usage` where something has to train and nothing is there for it
 */
export async function changeRuns(
  storeFile: string,
  change: RunChange,
  ids: readonly string[],
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { request, done, needsHost } = RUN_CHANGES[change];
  const client = await openClient(storeFile, `\`kindling run ${change}\``);
  try {
    if (needsHost && client.host === null)
      throw new Problem(
        'usage',
        'No application is running that trains: start `kindling serve` or the window first. `kindling study run` trains all that a study lacks.',
      );
    const answer = await client.request(request, { runs: [...ids] });
    if (json) return printJson(answer ?? { runs: ids });
    const anew = answer === null ? '' : ` as ${answer.runs.join(', ')}`;
    printLine(`${counted(ids.length, 'run')} ${done}${anew}.`);
  } finally {
    await client.close();
  }
}
