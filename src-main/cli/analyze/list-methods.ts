import type { MethodDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { METHODS } from '../../analysis/methods/index.ts';
import { printJson, printTable } from '../output.ts';

/** Prints what methods there are. */
export async function listMethods({ json }: { readonly json?: boolean }): Promise<void> {
  if (json) {
    printJson(METHODS.map(describe));
    return;
  }
  await printTable(
    [{ title: 'method' }, { title: 'about' }, { title: 'measures' }],
    METHODS.map(({ name, about, measures }) => [name, about, measures.map((each) => each.name).join(', ')]),
  );
}

function describe({ name, title, family, about, measures }: MethodDescription): MethodDescription {
  return { name, title, family, about, measures };
}
