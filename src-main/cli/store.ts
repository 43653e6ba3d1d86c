import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function storeCommand(): Command {
  const store = new Command('store')
    .description(
      'back up, restore and check the store, the file of all studies and runs, and empty its trash',
    )
    .addHelpText('after', example('kindling store backup'));
  store
    .command('backup')
    .description('write a verified copy of the store, even while a study runs')
    .argument('[file]', 'a new file (default: in the folder `backups` next to the store, named by the time)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe copy contains studies, runs, curves, notes, views and figures, but not the checkpoints, which are in the\n' +
        'folder `artifacts`.' +
        example('kindling store backup', 'kindling store backup /media/disk/kindling.sqlite'),
    )
    .action(async (file: string | undefined, options: { json?: boolean }, command: Command) => {
      const { backUp } = await import('./store/backup.ts');
      await backUp(storeOf(command), file, options);
    });
  store
    .command('restore')
    .description('replace the store by a backup; the current store is kept')
    .argument('<file>', 'a backup or another store')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe backup is verified first and stays where it is. The current store is kept in the folder `backups` next to it.' +
        example('kindling store restore ~/.local/share/kindling/backups/kindling-2026-01-31T12-00-00.sqlite'),
    )
    .action(async (file: string, options: { json?: boolean }, command: Command) => {
      const { restore } = await import('./store/restore.ts');
      await restore(storeOf(command), file, options);
    });
  store
    .command('check')
    .description('verify the store or a backup, reading all of it')
    .argument('[file]', 'a backup or another store')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling store check', 'kindling store check /media/disk/kindling.sqlite'))
    .action(async (file: string | undefined, options: { json?: boolean }, command: Command) => {
      const { check } = await import('./store/check.ts');
      check(file ?? storeOf(command), options);
    });
  store
    .command('empty-trash')
    .description('say what is in the trash, or delete it for good: studies, single runs, imported networks')
    .option('--yes', 'delete it; nothing of it can be restored then')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThis frees the checkpoints at once; the file of the store keeps its size and reuses the space.' +
        example('kindling store empty-trash', 'kindling store empty-trash --yes'),
    )
    .action(async (options: { yes?: boolean; json?: boolean }, command: Command) => {
      const { emptyTrash } = await import('./store/empty-trash.ts');
      await emptyTrash(storeOf(command), options);
    });
  return store;
}
