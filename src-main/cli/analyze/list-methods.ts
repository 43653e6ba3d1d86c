import { describeMethod } from '../../analysis/method.ts';
import { METHODS } from '../../analysis/methods/index.ts';
import { printJson, printTable } from '../output.ts';

/** Prints what methods there are. */
export async function listMethods({ json }: { readonly json?: boolean }): Promise<void> {
  if (json) {
    printJson(METHODS.map(describeMethod));
    return;
  }
  await printTable(
    [{ title: 'method' }, { title: 'about' }, { title: 'measures' }],
    METHODS.map(({ name, about, measures }) => [name, about, measures.map((each) => each.name).join(', ')]),
  );
}
