import { whole } from '../../../src-shared/numbers.ts';
import { typedOptions } from '../../../src-shared/datasets/import-options.ts';
import { ensureDataset } from '../../datasets/ensure-dataset.ts';
import { sampleClasses } from '../../datasets/sample-classes.ts';
import { dataFolder } from '../../home.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { printDescription, printRemarks } from './print-description.ts';

/** Prints what a data set is. @throws Problem as `ensureDataset` */
export async function show(name: string, { json }: { readonly json?: boolean }): Promise<void> {
  const dataset = ensureDataset(name, dataFolder());
  const { description, folder } = dataset;
  const counts = sampleClasses(dataset, 0).map((each) => ({
    name: each.name,
    training: each.training,
    test: each.test,
  }));
  if (json === true) return printJson({ ...description, classes: counts, folder });
  printDescription(description);
  const typed = typedOptions(description.options);
  printLine(`${description.source}${typed === '' ? '' : `, added with ${typed}`}`);
  printLine(`in ${folder}, SHA-256 ${description.hash}`);
  printRemarks(description.remarks);
  printLine();
  await printTable(
    [{ title: 'class' }, { title: 'training', align: 'right' }, { title: 'test', align: 'right' }],
    counts.map((each) => [each.name, whole(each.training), whole(each.test)]),
  );
}
