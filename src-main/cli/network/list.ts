import { openToRead } from '../open-to-read.ts';
import { printJson, printTable } from '../output.ts';

/** Prints the imported networks. @throws Problem of the store */
export async function listNetworks(file: string, options: { readonly json?: boolean }): Promise<void> {
  const store = openToRead(file);
  try {
    const networks = store.networks();
    if (options.json) {
      printJson(networks);
      return;
    }
    await printTable(
      [
        { title: 'network' },
        { title: 'id' },
        { title: 'family' },
        { title: 'input' },
        { title: 'classes', align: 'right' },
        { title: 'from' },
      ],
      networks.map(({ name, id, description, input, classes, source }) => [
        name,
        id,
        description.family,
        input.join('x'),
        String(classes.length),
        `${source.file} (${source.format})`,
      ]),
    );
  } finally {
    store.close();
  }
}
