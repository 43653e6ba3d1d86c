import { Command, InvalidArgumentError, Option } from 'commander';
import { IMPORT_OPTIONS, type ImportOptions, PART_PLACES } from '../../src-shared/datasets/import-options.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';
import type { DatasetAddOptions } from './dataset/add.ts';

export function datasetCommand(): Command {
  const dataset = new Command('dataset')
    .description('list, show and add data sets')
    .addHelpText('after', example('kindling dataset list'));
  dataset
    .command('list')
    .description('list the data sets, and those that can be added')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling dataset list'))
    .action(async (options: { json?: boolean }) => {
      const { listAll } = await import('./dataset/list.ts');
      await listAll(options);
    });
  dataset
    .command('show')
    .description('show a data set: classes, image counts, and remarks from when it was added')
    .argument('<name>', 'name, as in `dataset list`')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling dataset show flowers'))
    .action(async (name: string, options: { json?: boolean }) => {
      const { show } = await import('./dataset/show.ts');
      await show(name, options);
    });
  const add = dataset
    .command('add')
    .description('download an official data set, or import one from a file or folder')
    .argument('<name>', 'an official data set (see `dataset list`), or any name together with --from')
    .option('--from <path>', 'the official archive, or a folder or tar of images (class/image.jpg)')
    .addHelpText(
      'after',
      '\nA folder of images may contain train/ and test/; otherwise a share of each class becomes the test part.\n' +
        'Skipped files and anything unusual are reported, and kept with the data set (see `dataset show`).\n' +
        'If it fails or is stopped, nothing is left behind; a download resumes where it stopped.' +
        example(
          'kindling dataset add cifar10',
          'kindling dataset add cifar10 --from cifar-10-binary.tar.gz',
          'kindling dataset add flowers --from ~/images/flowers --size 64',
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
    option('keepPictures'),
    option('skipBroken'),
    option('allLabels'),
    option('memory', ' <gib>').argParser(positiveNumber),
  ];
}

function positiveNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Give a number above 0.');
}
