import { Command } from 'commander';
import { example } from './example.ts';
import type { PredictOptions } from './predict/predict.ts';
import { storeOf } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';

export function predictCommand(): Command {
  return new Command('predict')
    .description('classify pictures by the network of a run, or an imported one')
    .argument('<network>', 'a complete run, as in `run list`, or a network, as in `network list`')
    .argument('<picture...>', 'files (JPEG, PNG, WebP, GIF, TIFF, AVIF), or folders of them')
    .option('--top <count>', 'classes that are shown (default: 5; all with --json)', wholeNumber)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\n--json prints [{file, predictions: [{index, name, probability}]}], the most likely class first. Pictures that cannot be\n' +
        'read are named on standard error, and the status is 1.' +
        example('kindling predict squeezenet1_1 cat.jpg', 'kindling predict k3f9a2qz ~/pictures --json'),
    )
    .action(async (network: string, pictures: string[], options: PredictOptions, self: Command) => {
      const { predict } = await import('./predict/predict.ts');
      await predict(storeOf(self), network, pictures, options);
    });
}
