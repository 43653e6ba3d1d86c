import type { Command } from 'commander';
import { wholeNumber } from './whole-number.ts';

const SHOWN_HELP = 'images that are shown (default: 20; all with --json or --output)';
const OUTPUT_HELP = 'write the pictures and a table of them to a new folder';

/** What is computed, and where it is kept. */
export const MISTAKES_HELP =
  '\nWhat the network predicts for each image is computed once, and kept as the result of the method `outcomes`.';

/** The options of commands that show what a network gets wrong. */
export function classOptions(command: Command): Command {
  return command
    .option('--true <class>', 'only images of this class, by its name or number')
    .option('--predicted <class>', 'only images that were predicted to be of this class')
    .option('--limit <count>', SHOWN_HELP, wholeNumber)
    .option('--json', 'print JSON')
    .option('--output <folder>', OUTPUT_HELP);
}
