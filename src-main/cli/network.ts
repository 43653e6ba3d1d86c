import { Command, Option } from 'commander';
import type { ImageOptions } from './analyze/images-of.ts';
import { collect } from './collect.ts';
import { example } from './example.ts';
import { imageOptions } from './image-options.ts';
import { classOptions, MISTAKES_HELP } from './mistake-options.ts';
import type { DescribeOptions } from './network/describe.ts';
import type { NetworkDiffOptions } from './network/diff.ts';
import type { NetworkEvaluateOptions } from './network/evaluate.ts';
import type { NetworkImportOptions } from './network/import.ts';
import type { MistakeOptions } from './outcomes/print-mistakes.ts';
import { preprocessingOptions } from './network/preprocessing-options.ts';
import type { NetworkSetOptions } from './network/set.ts';
import { storeOf } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

export function networkCommand(): Command {
  const network = new Command('network')
    .description('describe networks, and import those that were trained elsewhere')
    .addHelpText('after', example('kindling network describe --family squeezenet --set sr=0.25'));
  network
    .command('describe')
    .description('show layers, parameters, MACs, sizes and receptive fields')
    .option('--family <name>', 'which family; `kindling network families` lists them', 'squeezenet')
    .option('--set <field=value>', 'a field of the family, as in a study file; repeatable', collect, [])
    .option('--input <size>', 'image size: height x width x channels', '224x224x3')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\n`kindling network families` lists the fields.' +
        example(
          'kindling network describe --family squeezenet --set version=1.1 --set sr=0.25 --set classes=10 --set stem=small --input 32x32x3',
        ),
    )
    .action(async (options: DescribeOptions) => {
      const { describeNetwork } = await import('./network/describe.ts');
      await describeNetwork(options);
    });
  network
    .command('families')
    .description('list the families and their fields, with accepted values and defaults')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network families'))
    .action(async (options: { json?: boolean }) => {
      const { listFamilies } = await import('./network/families.ts');
      await listFamilies(options);
    });
  const imported = network
    .command('import')
    .description('import a network that was trained elsewhere; it is then analysed and exported like a run')
    .argument(
      '<file>',
      'weights: PyTorch (.pt, .pth), Keras (.keras, .h5), ONNX, safetensors, or the published compressed SqueezeNet',
    )
    .option('--family <name>', 'which family; without it the file is compared with all published networks')
    .option('--set <field=value>', 'a field of the family, as in a study file; repeatable', collect, [])
    .addOption(
      new Option(
        '--input <size>',
        'size of its images: height x width x channels (default: 224x224, or what the file says)',
      ).conflicts('crop'),
    )
    .option('--name <name>', 'what to call it (default: the name of the file)')
    .option(
      '--classes <file>',
      'a file with a class a line, or imagenet or numbers (default: imagenet for 1,000 classes)',
    );
  preprocessingOptions(imported, true)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nNothing in the file is run. Every weight must have its place; what does not fit is named, and nothing is stored.' +
        example(
          'kindling network import squeezenet1_1.pth',
          'kindling network import small.safetensors --family squeezenet --set version=1.1 --set classes=10 --input 32x32x3 --name small',
        ),
    )
    .action(async (file: string, options: NetworkImportOptions, self: Command) => {
      const { importNetwork } = await import('./network/import.ts');
      await importNetwork(storeOf(self), file, options);
    });
  network
    .command('list')
    .description('list the imported networks')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network list'))
    .action(async (options: { json?: boolean }, self: Command) => {
      const { listNetworks } = await import('./network/list.ts');
      await listNetworks(storeOf(self), options);
    });
  network
    .command('show')
    .description('show an imported network: fields, classes, and what pictures become')
    .argument('<network>', 'name or id, as in `network list`')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network show squeezenet1_1'))
    .action(async (name: string, options: { json?: boolean }, self: Command) => {
      const { showNetwork } = await import('./network/show.ts');
      showNetwork(storeOf(self), name, options);
    });
  imageOptions(
    network
      .command('evaluate')
      .description(
        'evaluate an imported network, or a run, on images: accuracy, top-k accuracy, loss, mistakes',
      )
      .argument('<network>', 'name or id, as in `network list`, or a complete run'),
  )
    .option('--top <k>', 'k of the top-k accuracy (default: 5)', wholeNumber)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEvery image counts once. The result is kept as that of the method `evaluation`.' +
        example('kindling network evaluate squeezenet1_1 --images ~/pictures --classes classes.yaml'),
    )
    .action(async (name: string, options: NetworkEvaluateOptions, self: Command) => {
      const { evaluateNetwork } = await import('./network/evaluate.ts');
      await evaluateNetwork(storeOf(self), name, options);
    });
  classOptions(
    imageOptions(
      network
        .command('mistakes')
        .description('show the images that an imported network gets wrong, the highest loss first')
        .argument('<network>', 'name or id, as in `network list`'),
    ),
  )
    .addHelpText(
      'after',
      `${MISTAKES_HELP} Of a run see \`run mistakes\`.${example('kindling network mistakes squeezenet1_1 --images ~/pictures --classes classes.yaml')}`,
    )
    .action(async (name: string, options: MistakeOptions & ImageOptions, self: Command) => {
      const { networkMistakes } = await import('./network/mistakes.ts');
      await networkMistakes(storeOf(self), name, options);
    });
  preprocessingOptions(
    network
      .command('set')
      .description('set the name of an imported network, or what becomes of its pictures')
      .argument('<network>', 'name or id, as in `network list`')
      .option('--name <name>', 'what to call it'),
    false,
  )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWhat is not given stays. Results from before name the preprocessing that they were found with, and are not mixed with later ones.' +
        example('kindling network set squeezenet1_1 --short-side 224 --name squeezenet'),
    )
    .action(async (name: string, options: NetworkSetOptions, self: Command) => {
      const { setNetwork } = await import('./network/set.ts');
      await setNetwork(storeOf(self), name, options);
    });
  network
    .command('delete')
    .alias('remove')
    .description('move an imported network to the trash, with everything that was found about it')
    .argument('<network>', 'name or id, as in `network list`')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network delete squeezenet1_1'))
    .action(async (name: string, options: { json?: boolean }, self: Command) => {
      const { trashNetwork } = await import('./network/trash.ts');
      await trashNetwork(storeOf(self), name, options);
    });
  network
    .command('restore')
    .description('bring an imported network back from the trash')
    .argument('<network>', 'its id, or its name: the last that was deleted')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network restore squeezenet1_1'))
    .action(async (name: string, options: { json?: boolean }, self: Command) => {
      const { restoreNetwork } = await import('./network/trash.ts');
      await restoreNetwork(storeOf(self), name, options);
    });
  network
    .command('diff')
    .description('show what differs between two networks, layer by layer')
    .argument('<left>', 'a run, an imported network, or a family with or without fields')
    .argument('<right>', 'what it is compared with')
    .option('--all', 'also layers that are the same')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nA family has the images and classes of what it is compared with.' +
        example(
          "kindling network diff squeezenet '{ family: squeezenet, version: 1.1 }'",
          'kindling network diff squeezenet1_1 k3f9a2qz',
        ),
    )
    .action(async (left: string, right: string, options: NetworkDiffOptions, self: Command) => {
      const { diffNetworks } = await import('./network/diff.ts');
      await diffNetworks(storeOf(self), [left, right], options);
    });
  network
    .command('compressed-sizes')
    .description('show sizes and sparsity of the published compressed SqueezeNet v1.0')
    .argument('<file>', 'compressed_squeezenet.net of github.com/songhan/SqueezeNet-Deep-Compression')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\n`network import` makes a network of the file.' +
        example('kindling network compressed-sizes compressed_squeezenet.net'),
    )
    .action(async (file: string, options: { json?: boolean }) => {
      const { printCompressedSizes } = await import('./network/compressed-sizes.ts');
      await printCompressedSizes(file, options);
    });
  return network;
}
