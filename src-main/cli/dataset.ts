import { Command, InvalidArgumentError, Option } from 'commander';
import { IMPORT_OPTIONS, type ImportOptions, PART_PLACES } from '../../src-shared/datasets/import-options.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';
import type { DatasetAddOptions } from './dataset/add.ts';

export function datasetCommand(): Command {
  const dataset = new Command('dataset')
    .description('images to train on')
    .addHelpText('after', example('kindling dataset list'));
  dataset
    .command('list')
    .description('the data sets that are there, and those that can be added')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling dataset list'))
    .action(async (options: { json?: boolean }) => {
      const { listAll } = await import('./dataset/list.ts');
      await listAll(options);
    });
  dataset
    .command('show')
    .description('what a data set is: its classes with their images, and what was found when it was added')
    .argument('<name>', 'as `dataset list` has it')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling dataset show flowers'))
    .action(async (name: string, options: { json?: boolean }) => {
      const { show } = await import('./dataset/show.ts');
      await show(name, options);
    });
  const add = dataset
    .command('add')
    .description('download an official data set, or import one from a file or folder that you have')
    .argument('<name>', 'an official one (see `dataset list`), or a name of your own with --from')
    .option('--from <path>', 'the official archive, or a folder or tar of pictures (class/picture.jpg)')
    .addHelpText(
      'after',
      '\nA folder of pictures may hold train/ and test/; without them a share of each class becomes the test part.\n' +
        'What is passed over and what is odd is told, and kept with the data set (see `dataset show`).\n' +
        'Nothing is left behind if it fails or is stopped, but a download goes on where it was.' +
        example(
          'kindling dataset add cifar10',
          'kindling dataset add cifar10 --from cifar-10-binary.tar.gz',
          'kindling dataset add flowers --from ~/pictures/flowers --size 64',
        ),
    )
    .action(async (name: string, options: DatasetAddOptions, self: Command) => {
      const { add } = await import('./dataset/add.ts');
      await add(storeOf(self), name, options);
    });
  for (const option of importOptions()) add.addOption(option);
  return dataset;
}

function importOptions(): Option[] {
  const option = (name: keyof ImportOptions, value = ''): Option =>
    new Option(`${IMPORT_OPTIONS[name].flag}${value}`, IMPORT_OPTIONS[name].about);
  return [
    option('size', ' <n>').argParser(wholeNumber),
    option('parts', ' <place>').choices(PART_PLACES),
    option('test', ' <folder>'),
    option('stretch'),
    option('skipBroken'),
    option('allLabels'),
    option('memory', ' <gib>').argParser(positiveNumber),
  ];
}

function positiveNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give a number above 0.');
}
