import { decimalSize } from '../../../src-shared/decimal-size.ts';
import { listDatasets } from '../../datasets/list-datasets.ts';
import { dataFolder } from '../../home.ts';
import { printJson, printTable, thousands } from '../output.ts';

/** Prints the data sets. */
export async function listAll(options: { readonly json?: boolean }): Promise<void> {
  const datasets = listDatasets(dataFolder());
  if (options.json) {
    printJson(datasets);
    return;
  }
  await printTable(
    [
      { title: 'data set' },
      { title: 'state' },
      { title: 'images', align: 'right' },
      { title: 'training', align: 'right' },
      { title: 'test', align: 'right' },
      { title: 'classes', align: 'right' },
      { title: 'on disk', align: 'right' },
      { title: '' },
    ],
    datasets.map((each) => [
      each.name,
      each.state,
      each.shape?.join('x') ?? '',
      count(each.trainingCount),
      count(each.testCount),
      String(each.classes.length || ''),
      each.bytesOnDisk ? decimalSize(each.bytesOnDisk) : '',
      each.note,
    ]),
  );
}

function count(value: number | null): string {
  return value === null ? '' : thousands(value);
}
