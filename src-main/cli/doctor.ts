import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('what is there, what is missing, and what to type')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nLeaves with status 1 when something that runs need is missing.' + example('kindling doctor'),
    )
    .action(async (options: { json?: boolean }, command: Command) => {
      const { examine } = await import('./doctor/examine.ts');
      await examine(options, storeOf(command));
    });
}
