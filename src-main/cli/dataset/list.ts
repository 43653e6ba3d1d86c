import { decimalSize, whole } from '../../../src-shared/numbers.ts';
import { listDatasets } from '../../datasets/list-datasets.ts';
import { dataFolder } from '../../home.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { printRemarks } from './print-description.ts';

/** Prints the data sets, and below them the warnings of those that have some. */
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
  for (const { name, remarks } of datasets) {
    const warnings = remarks.filter(({ level }) => level === 'warning');
    if (warnings.length === 0) continue;
    printLine(`\n${name}`);
    printRemarks(warnings, '  ');
  }
}

function count(value: number | null): string {
  return value === null ? '' : whole(value);
}
