import { Command, Option } from 'commander';
import { RUN_STATES } from '../../src-shared/studies/run-state.ts';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import type { RunListOptions } from './run/list.ts';

export function runCommand(): Command {
  const run = new Command('run')
    .description('list and show single trainings')
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
  return run;
}
