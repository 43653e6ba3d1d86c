import { Command, Option } from 'commander';
import { example } from './example.ts';
import { renamedOption } from './renamed-option.ts';
import { storeOf } from './store-option.ts';
import { collect } from './collect.ts';
import type { AnalyzeOptions } from './analyze/analyze.ts';

export function analyzeCommand(): Command {
  const command = new Command('analyze')
    .description('analyse the layers of trained networks: metrics and visualizations')
    .argument('[run...]', 'ids of complete runs, as in `run list`, or networks, as in `network list`')
    .option('--list', 'list the methods (all, or those given by --methods), their measures and settings')
    .option('--methods <names>', 'separated by commas (default: all methods for representations)', separated)
    .option(
      '--set <name=value>',
      'setting for all methods that have it, or METHOD.name=value for one; repeatable',
      collect,
      [],
    )
    .option(
      '--images <what>',
      'a count, short for --set images=<count>; for networks a folder of pictures, or a data set of the size of their input',
    )
    .option('--classes <file>', 'a YAML, JSON or CSV file with the class of each folder of pictures')
    .addOption(
      new Option('--grey <what>', 'what becomes of grey pictures where a network wants colours')
        .choices(['convert', 'leave-out'])
        .default('convert'),
    )
    .option('--study <name>', 'complete runs of this study')
    .option('--filter <text>', 'complete runs that match this filter')
    .option(
      '--checkpoint <names>',
      'look at these checkpoints of the runs, separated by commas: initial, best, last, epoch-5 where the study records them, or each of those over the training (default: last)',
      separated,
    )
    .option('--recompute', 'recompute cached results')
    .option(
      '--recipe <recipe>',
      'in place of --methods: a list of methods, figures and tables, by name (demystify) or as a file; needs --output',
    )
    .option('--output <folder>', 'where a recipe leaves its figures, tables, pictures and page of text')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nResults are cached in the store, so a stopped analysis continues where it stopped. --json prints an object for\n' +
        'one run and an array for several: {run, results: [{method, measure, layer, role, value, interval, baselines,\n' +
        'settings}]}.' +
        example(
          'kindling analyze --list --methods channel-lesion',
          'kindling analyze k3f9a2qz --methods probe,clusters --images 1000',
          'kindling analyze squeezenet1_1 --images ~/pictures --classes classes.yaml --methods probe,clusters',
          'kindling analyze k3f9a2qz --methods lesion,channel-lesion --set channel-lesion.replacement=zero',
          "kindling analyze --study demo --filter 'sr < 0.5' --json",
          'kindling analyze --recipe demystify squeezenet1_1 --images ~/pictures --classes classes.yaml --output demystified',
        ),
    )
    .action(async (runs: string[], options: AnalyzeOptions, self: Command) => {
      if (options.list) {
        const { listMethods } = await import('./analyze/list-methods.ts');
        await listMethods(options);
        return;
      }
      if (options.recipe !== undefined) {
        const { analyzeByRecipe } = await import('./analyze/analyze-by-recipe.ts');
        await analyzeByRecipe(storeOf(self), runs, { ...options, recipe: options.recipe });
        return;
      }
      const { analyze } = await import('./analyze/analyze.ts');
      await analyze(storeOf(self), runs, options);
    });
  return renamedOption(command, '--again', '--recompute');
}

function separated(names: string): string[] {
  return names.split(',').map((name) => name.trim());
}
