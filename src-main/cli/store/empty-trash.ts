import type { EmptiedTrash } from '../../../src-shared/contract/api/studies.ts';
import { counted } from '../../../src-shared/counted.ts';
import { decimalSize } from '../../../src-shared/numbers.ts';
import { trashText } from '../../../src-shared/studies/trash-text.ts';
import { openClient } from '../application/open-client.ts';
import { printJson, printLine } from '../output.ts';

/** Says what is in the trash, or deletes it for good. @throws Problem */
export async function emptyTrash(
  storeFile: string,
  { yes = false, json = false }: { readonly yes?: boolean; readonly json?: boolean },
): Promise<void> {
  const client = await openClient(storeFile, '`kindling store empty-trash`');
  try {
    const inTrash = {
      studies: await client.request('studies.trashed', {}),
      runs: await client.request('runs.trashed', {}),
      networks: await client.request('networks.trashed', {}),
    };
    const what = trashText(inTrash);
    const emptied = yes ? await client.request('studies.emptyTrash', { studies: null }) : null;
    if (json) printJson(emptied ?? inTrash);
    else if (emptied) tellEmptied(what, emptied);
    else
      printLine(
        what === '' ? 'The trash is empty.' : `In the trash: ${what}. \`--yes\` deletes them for good.`,
      );
  } finally {
    await client.close();
  }
}

function tellEmptied(what: string, { freedBytes, left }: EmptiedTrash): void {
  const deleted = what === '' ? 'The trash was empty' : `Deleted for good: ${what}`;
  printLine(`${deleted}; ${decimalSize(freedBytes)} freed.`);
  if (left.length > 0) printLine(`${counted(left.length, 'folder')} of checkpoints could not be removed:`);
  for (const { folder, reason } of left) printLine(`  ${folder}: ${reason}`);
}
