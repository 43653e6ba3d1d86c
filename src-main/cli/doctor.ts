import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check what is installed and say how to get what is missing')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExits with status 1 if something needed for training is missing.' + example('kindling doctor'),
    )
    .action(async (options: { json?: boolean }, command: Command) => {
      const { examine } = await import('./doctor/examine.ts');
      await examine(options, storeOf(command));
    });
}
