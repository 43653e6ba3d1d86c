import { Command } from 'commander';
import { collect } from './collect.ts';
import { example } from './example.ts';
import type { DescribeOptions } from './network/describe.ts';
import type { ImportCompressedOptions } from './network/import-compressed.ts';

export function networkCommand(): Command {
  const network = new Command('network')
    .description('what a network is made of and costs, without training it')
    .addHelpText('after', example('kindling network describe --family squeezenet --set sr=0.25'));
  network
    .command('describe')
    .description('layers, parameters, MACs, sizes and receptive fields')
    .option('--family <name>', 'squeezenet, mobilenet-v1, shufflenet-v1 or alexnet', 'squeezenet')
    .option('--set <field=value>', 'a field of the family, as in a study file; repeatable', collect, [])
    .option('--input <size>', 'height x width x channels of an image', '224x224x3')
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
    .description('the families, their fields, what each accepts and its default')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling network families'))
    .action(async (options: { json?: boolean }) => {
      const { listFamilies } = await import('./network/families.ts');
      await listFamilies(options);
    });
  network
    .command('import-compressed')
    .description('the published compressed SqueezeNet v1.0: its bytes, what pruning left, and on pictures')
    .argument('<file>', 'compressed_squeezenet.net of github.com/songhan/SqueezeNet-Deep-Compression')
    .option('--image <picture>', 'run it on this JPEG, PNG or WebP; repeatable', collect, [])
    .option('--output <file>', 'write the decoded network as .safetensors or .onnx')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nClasses of pictures are given by their number in ImageNet, from 0.' +
        example(
          'kindling network import-compressed compressed_squeezenet.net',
          'kindling network import-compressed compressed_squeezenet.net --image cat.jpg --output squeezenet.onnx',
        ),
    )
    .action(async (file: string, options: ImportCompressedOptions) => {
      const { importCompressed } = await import('./network/import-compressed.ts');
      await importCompressed(file, options);
    });
  return network;
}
