import { Command } from 'commander';
import { collect } from './collect.ts';
import { example } from './example.ts';
import type { DescribeOptions } from './network/describe.ts';
import type { ImportCompressedOptions } from './network/import-compressed.ts';

export function networkCommand(): Command {
  const network = new Command('network')
    .description('describe networks and their cost without training')
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
  network
    .command('import-compressed')
    .description('decode the published compressed SqueezeNet v1.0: size, sparsity and predictions')
    .argument('<file>', 'compressed_squeezenet.net of github.com/songhan/SqueezeNet-Deep-Compression')
    .option('--image <file>', 'classify this JPEG, PNG or WebP image; repeatable', collect, [])
    .option('--output <file>', 'write the decoded network as .safetensors or .onnx')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nPredicted classes are ImageNet class numbers, from 0.' +
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
