import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import { collect } from './collect.ts';
import { wholeNumber } from './whole-number.ts';
import type { AnalyzeOptions } from './analyze/analyze.ts';

export function analyzeCommand(): Command {
  return new Command('analyze')
    .description('what the layers of trained networks do, by number and by picture')
    .argument('[run...]', 'ids of complete runs, as `run list` shows them')
    .option('--list', 'name the methods (all, or those of --methods), what they measure and their settings')
    .option(
      '--methods <names>',
      'separated by commas; all that tell what layers know, if left out',
      separated,
    )
    .option(
      '--set <name=value>',
      'a setting of the methods that have it, or method.name=value; repeatable',
      collect,
      [],
    )
    .option('--images <count>', 'short for --set images=<count>', wholeNumber)
    .option('--study <name>', 'the complete runs of this study')
    .option('--filter <text>', 'of these, or of all complete runs, those that this filter keeps')
    .option('--again', 'compute also what is known already')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nWhat is found is kept in the store: stopped, it goes on where it was. --json prints an object for one run and an' +
        '\narray for several: {run, results: [{method, measure, layer, role, value, interval, baselines, settings}]}.' +
        example(
          'kindling analyze --list --methods channel-lesion',
          'kindling analyze k3f9a2qz --methods probe,clusters --images 1000',
          'kindling analyze k3f9a2qz --methods lesion,channel-lesion --set channel-lesion.replacement=zero',
          "kindling analyze --study demo --filter 'sr < 0.5' --json",
        ),
    )
    .action(async (runs: string[], options: AnalyzeOptions, self: Command) => {
      if (options.list) {
        const { listMethods } = await import('./analyze/list-methods.ts');
        await listMethods(options);
        return;
      }
      const { analyze } = await import('./analyze/analyze.ts');
      await analyze(storeOf(self), runs, options);
    });
}

function separated(names: string): string[] {
  return names.split(',').map((name) => name.trim());
}
