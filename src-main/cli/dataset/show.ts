import { whole } from '../../../src-shared/numbers.ts';
import { typedOptions } from '../../../src-shared/datasets/import-options.ts';
import { countLabels } from '../../datasets/count-labels.ts';
import { ensureDataset } from '../../datasets/ensure-dataset.ts';
import { dataFolder } from '../../home.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { printDescription, printRemarks } from './print-description.ts';

/** Prints what a data set is. @throws Problem as `ensureDataset` */
export async function show(name: string, { json }: { readonly json?: boolean }): Promise<void> {
  const dataset = ensureDataset(name, dataFolder());
  const { description, folder } = dataset;
  const { classes } = description;
  const [training, test] = [dataset.glanceAt('training'), dataset.glanceAt('test')].map(({ labels }) =>
    countLabels(labels, classes.length),
  );
  const counts = classes.map((name, label) => ({
    name,
    training: training?.[label] ?? 0,
    test: test?.[label] ?? 0,
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
