import { openClient } from '../application/open-client.ts';
import { printJson, printLine } from '../output.ts';

/** Moves an imported network to the trash, with all that was found about it. @throws Problem `not-found` */
export async function trashNetwork(
  file: string,
  network: string,
  { json }: { json?: boolean },
): Promise<void> {
  const client = await openClient(file, '`kindling network delete`');
  try {
    const trashed = await client.request('networks.trash', { network });
    if (json) printJson(trashed);
    else printLine(`${trashed.name} (${trashed.id}) in the trash.`);
  } finally {
    await client.close();
  }
}

/** Brings a network back from the trash. @throws Problem `not-found`; `usage` where another one has its name */
export async function restoreNetwork(
  file: string,
  network: string,
  { json }: { json?: boolean },
): Promise<void> {
  const client = await openClient(file, '`kindling network restore`');
  try {
    const restored = await client.request('networks.restore', { network });
    if (json) printJson(restored);
    else printLine(`${restored.name} (${restored.id}) restored.`);
  } finally {
    await client.close();
  }
}
