import { Command, Option } from 'commander';
import type { DoctorOptions } from './doctor/examine.ts';
import { example } from './example.ts';
import { addSlurmOptions } from './slurm-options.ts';
import { storeOf } from './store-option.ts';

export function doctorCommand(): Command {
  const doctor = new Command('doctor')
    .description('check what is installed and say how to get what is missing')
    .addOption(
      new Option('--executor <name>', 'check what trainings there need, instead of this machine').choices([
        'slurm',
      ]),
    )
    .option('--probe', 'slurm: also submit a job that looks at its node, and wait for it')
    .option('--json', 'print JSON');
  return addSlurmOptions(doctor)
    .addHelpText(
      'after',
      '\nExits with status 1 if something needed for training is missing.' +
        example('kindling doctor', 'kindling doctor --executor slurm --partition gpu --gres gpu:1 --probe'),
    )
    .action(async (options: DoctorOptions, command: Command) => {
      const { examine } = await import('./doctor/examine.ts');
      await examine(options, storeOf(command));
    });
}
