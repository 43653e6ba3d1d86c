import { type Command, Option } from 'commander';

/** On which images a network is looked at, all of which count. */
export function imageOptions(command: Command): Command {
  return command
    .option(
      '--images <what>',
      'a folder of pictures with a folder for each class, or a data set, whose test part is meant; a run has its own',
    )
    .option('--classes <file>', 'a YAML, JSON or CSV file with the class of each folder of pictures')
    .addOption(
      new Option('--grey <what>', 'what becomes of grey pictures where a network wants colours')
        .choices(['convert', 'leave-out'])
        .default('convert'),
    );
}
