import { Command } from 'commander';
import { example } from './example.ts';
import { wholeNumber } from './whole-number.ts';

export interface DatasetAddOptions {
  readonly from?: string;
  readonly size?: number;
}

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
    .command('add')
    .description('download an official data set, or import one from a file or folder that you have')
    .argument('<name>', 'an official one (see `dataset list`), or a name of your own with --from')
    .option('--from <path>', 'the official archive, or a folder or tar of pictures (class/picture.jpg)')
    .option('--size <n>', 'bring pictures to n x n pixels', wholeNumber)
    .addHelpText(
      'after',
      '\nA folder of pictures may hold train/ and test/; without them a share of each class becomes the test part.\n' +
        'Nothing is left behind if it fails or is stopped, but a download goes on where it was.' +
        example(
          'kindling dataset add cifar10',
          'kindling dataset add cifar10 --from cifar-10-binary.tar.gz',
          'kindling dataset add flowers --from ~/pictures/flowers --size 64',
        ),
    )
    .action(async (name: string, options: DatasetAddOptions) => {
      const { add } = await import('./dataset/add.ts');
      await add(name, options);
    });
  return dataset;
}
