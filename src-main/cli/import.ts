import { Command } from 'commander';
import { example } from './example.ts';
import type { ImportRunsOptions } from './import/runs.ts';
import { storeOf } from './store-option.ts';

export function importCommand(): Command {
  const command = new Command('import')
    .description('import runs that another program trained')
    .addHelpText('after', example('kindling import runs sweep.csv --dry-run'));
  command
    .command('runs')
    .description('import runs that another program trained, as a study of their own')
    .argument(
      '<file...>',
      'tables as CSV or JSON, what was logged of a run as JSON, folders of TensorBoard or MLflow, exports of W&B, Aim or Kindling',
    )
    .option(
      '--study <name>',
      'the name of their study (default: that of the first file); of an imported one to which new runs are added',
    )
    .option('--factor <column...>', 'the columns that are factors (default: guessed)')
    .option('--seed <column>', 'the column of the seeds (default: guessed)')
    .option('--no-seed', 'there are no seeds: runs of the same factors are replicates, and are not paired')
    .option(
      '--metric <column=metric...>',
      'the metric that a column has, e.g. acc=testAccuracy, or one of its own: BLEU=higher.bleu, ppl=lower.ppl (default: guessed from names such as test_acc)',
    )
    .option(
      '--curve <name=metric...>',
      'the metric of what was logged by this name, e.g. val/acc=validationAccuracy, or one of its own, val/bleu=higher.bleu (default: guessed)',
    )
    .option('--percent <name...>', 'columns and curves in percent (default: those with a value above 1)')
    .option('--text <column...>', 'columns whose numbers are names')
    .option('--dataset <name>', 'what the runs were trained on, for people')
    .option(
      '--keep-incomplete',
      'keep runs without a value, and those that diverged, as runs that do not count',
    )
    .option('--dry-run', 'only show what the columns are read as, and what is wrong')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nAll runs are imported, or none. Of a sweep that was imported before, what is new is added to its study. A row is counted as a spreadsheet does: the names of the columns are row 1.' +
        example(
          'kindling import runs sweep.csv --dry-run',
          'kindling import runs mlruns',
          'kindling import runs sweep.csv --study widths --factor width lr --seed seed --metric acc=testAccuracy',
        ),
    )
    .action(async (files: string[], options: ImportRunsOptions, self: Command) => {
      const { importRuns } = await import('./import/runs.ts');
      await importRuns(storeOf(self), files, options);
    });
  return command;
}
