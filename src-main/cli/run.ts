import { Command, Option } from 'commander';
import { RUN_STATES } from '../../src-shared/studies/run-state.ts';
import { example } from './example.ts';
import { imageOptions } from './image-options.ts';
import { classOptions, MISTAKES_HELP } from './mistake-options.ts';
import type { MistakeOptions } from './outcomes/print-mistakes.ts';
import type { ChangesOptions } from './run/changes.ts';
import type { RunListOptions } from './run/list.ts';
import { RUN_CHANGES, type RunChange } from './run/run-changes.ts';
import { storeOf } from './store-option.ts';

export function runCommand(): Command {
  const run = new Command('run')
    .description('list, show and change single trainings, and show what they get wrong')
    .addHelpText('after', example('kindling run list --study demo'));
  run
    .command('list')
    .description('list the runs in the store')
    .option('--study <name>', 'only runs of this study')
    .addOption(new Option('--state <state>', 'only runs in this state').choices(RUN_STATES))
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling run list --study demo --state complete --json'))
    .action(async (options: RunListOptions, command: Command) => {
      const { listRuns } = await import('./run/list.ts');
      await listRuns(storeOf(command), options);
    });
  run
    .command('show')
    .description('show a run: results, curves and provenance')
    .argument('<id>', 'run id, as in `run list`')
    .option('--json', 'print JSON, with every point of the curves')
    .addHelpText('after', example('kindling run show k3f9a2qz'))
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const { showRun } = await import('./run/show.ts');
      await showRun(storeOf(command), id, options);
    });
  classOptions(
    run
      .command('mistakes')
      .description('show the test images that a run gets wrong, the highest loss first')
      .argument('<id>', 'a complete run, as in `run list`'),
  )
    .addHelpText(
      'after',
      `${MISTAKES_HELP}${example('kindling run mistakes k3f9a2qz --true cat --predicted dog', 'kindling run mistakes k3f9a2qz --output mistakes')}`,
    )
    .action(async (id: string, options: MistakeOptions, command: Command) => {
      const { runMistakes } = await import('./run/mistakes.ts');
      await runMistakes(storeOf(command), id, options);
    });
  classOptions(
    imageOptions(
      run
        .command('changes')
        .description(
          'compare two runs, or imported networks, on the same images, and show those that only one gets right',
        )
        .argument('<first>', 'a complete run, as in `run list`, or a network, as in `network list`')
        .argument('<second>', 'what it is compared with')
        .option('--right <name>', 'only images that this one of the two gets right')
        .option('--cells', 'compare also the cells of the two runs, over all their seeds'),
    ),
  )
    .addHelpText(
      'after',
      '\nAn imported network beside a run is looked at on the run’s data set; two networks need --images. --predicted is what the one that is wrong predicts. McNemar’s exact test and the paired bootstrap over the images compare these two trainings, not their designs; --cells has an interval over the images for all trainings of both cells, and one over the seeds.' +
        example(
          'kindling run changes k3f9a2qz p0w4n6ye',
          'kindling run changes k3f9a2qz p0w4n6ye --cells',
          'kindling run changes k3f9a2qz squeezenet1_1 --json',
          'kindling run changes squeezenet1_0 squeezenet1_1 --images ~/pictures',
        ),
    )
    .action(async (first: string, second: string, options: ChangesOptions, command: Command) => {
      const { runChanges } = await import('./run/changes.ts');
      await runChanges(storeOf(command), [first, second], options);
    });
  for (const [name, { about }] of Object.entries(RUN_CHANGES))
    run
      .command(name)
      .description(about)
      .argument('<id...>', 'runs, as in `run list`')
      .option('--json', 'print JSON')
      .addHelpText('after', example(`kindling run ${name} k3f9a2qz`))
      .action(async (ids: string[], options: { json?: boolean }, command: Command) => {
        const { changeRuns } = await import('./run/change-runs.ts');
        await changeRuns(storeOf(command), name as RunChange, ids, options);
      });
  return run;
}
