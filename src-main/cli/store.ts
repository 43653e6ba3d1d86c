import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function storeCommand(): Command {
  const store = new Command('store')
    .description('the file that holds all studies and runs: back up, restore, check')
    .addHelpText('after', example('kindling store backup'));
  store
    .command('backup')
    .description('write a checked copy of the store, also while a study runs')
    .argument('[file]', 'a new file; else one in the folder `backups` beside the store, named by the time')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe copy holds studies, runs, all points, notes, views and figures, but no checkpoints: those are\n' +
        'in the folder `artifacts`.' +
        example('kindling store backup', 'kindling store backup /media/disk/kindling.sqlite'),
    )
    .action(async (file: string | undefined, options: { json?: boolean }, command: Command) => {
      const { backUp } = await import('./store/backup.ts');
      await backUp(storeOf(command), file, options);
    });
  store
    .command('restore')
    .description('put a backup in the place of the store; the present one is kept')
    .argument('<file>', 'a backup, or another store')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe backup is checked before anything changes, and stays where it is. The present store is kept in the folder\n' +
        '`backups` beside it.' +
        example('kindling store restore ~/.local/share/kindling/backups/kindling-2026-01-31T12-00-00.sqlite'),
    )
    .action(async (file: string, options: { json?: boolean }, command: Command) => {
      const { restore } = await import('./store/restore.ts');
      await restore(storeOf(command), file, options);
    });
  store
    .command('check')
    .description('read all of the store, or of a backup, and say whether it is whole')
    .argument('[file]', 'a backup, or another store')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling store check', 'kindling store check /media/disk/kindling.sqlite'))
    .action(async (file: string | undefined, options: { json?: boolean }, command: Command) => {
      const { check } = await import('./store/check.ts');
      check(file ?? storeOf(command), options);
    });
  return store;
}
