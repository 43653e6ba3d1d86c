import { openClient } from '../application/open-client.ts';
import { printLine } from '../output.ts';

/** Removes an imported network with all that was found about it. @throws Problem `not-found` */
export async function removeNetwork(file: string, name: string): Promise<void> {
  const client = await openClient(file, '`kindling network remove`');
  try {
    const removed = await client.request('networks.remove', { network: name });
    printLine(`removed: ${removed.name}`);
  } finally {
    await client.close();
  }
}
