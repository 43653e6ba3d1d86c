import { openToRead } from '../open-to-read.ts';
import { printJson } from '../output.ts';
import { printNetwork } from './print-network.ts';

/** Prints what is known of an imported network. @throws Problem `not-found`, and those of the store */
export function showNetwork(file: string, name: string, options: { readonly json?: boolean }): void {
  const store = openToRead(file);
  try {
    const network = store.network(name);
    if (options.json) printJson(network);
    else printNetwork(network);
  } finally {
    store.close();
  }
}
