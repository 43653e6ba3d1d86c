import { Command } from 'commander';
import { example } from './example.ts';
import type { WorkerCommandOptions } from './cluster/worker.ts';
import { wholeNumber } from './whole-number.ts';

export function clusterCommand(): Command {
  const cluster = new Command('cluster')
    .description('what nodes of a cluster do')
    .addHelpText('after', example('kindling cluster worker ~/.local/share/kindling/spools/demo-1f2e3d4c'));
  cluster
    .command('worker')
    .description('train the runs that wait in a spool, one after the other')
    .argument('<spool>', 'folder of a spool, on a disk that the machines share')
    .option('--seconds <n>', 'stop after so many seconds, reckoned from the start', wholeNumber)
    .addHelpText(
      'after',
      '\nIt is started by what a study is submitted to, and may be started by hand on any machine that has the program at the\n' +
        'same path, an engine and the data. After SIGTERM or SIGUSR1, and when its seconds are over, it stops after the current\n' +
        'step, gives its run back with a resume checkpoint, and leaves with status 75.' +
        example('kindling cluster worker ~/.local/share/kindling/spools/demo-1f2e3d4c --seconds 3500'),
    )
    .action(async (spool: string, options: WorkerCommandOptions) => {
      const { work } = await import('./cluster/worker.ts');
      await work(spool, options);
    });
  cluster
    .command('relay')
    .description('follow the runs of a study for Kindling on another machine')
    .addHelpText(
      'after',
      '\nIt is started over ssh by `kindling study run --executor slurm --host HOST` and speaks with it over its input and\n' +
        'output. When its input ends, it leaves, and the runs go on.' +
        example('kindling cluster relay'),
    )
    .action(async () => {
      const { relay } = await import('./cluster/relay.ts');
      await relay();
    });
  return cluster;
}
