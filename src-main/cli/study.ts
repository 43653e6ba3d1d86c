import { Command } from 'commander';
import { example } from './example.ts';
import { storeOf } from './store-option.ts';
import { wholeNumber } from './whole-number.ts';
import type { StudyRunOptions } from './study/run.ts';

export function studyCommand(): Command {
  const study = new Command('study')
    .description('questions: a network, a data set, a recipe, the factors that vary, and seeds')
    .addHelpText('after', example('kindling study run resources/studies/demo.yaml'));
  study
    .command('run')
    .description('train what is missing of a study, then show its table and draw its figures')
    .argument('<file>', 'a study file (YAML)')
    .option('--seeds <n>', 'seeds 0 to n - 1 instead of those in the file', wholeNumber)
    .option('--jobs <n>', 'trainers at once (default: what suits this machine)', wholeNumber)
    .option('--retry-diverged', 'repeat the runs whose loss was not finite, too')
    .option('--detach', 'leave the study to the application that is open, and do not follow it')
    .option('--output <folder>', 'where the figures go (default: figures/STUDY beside the store)')
    .option('--json', 'print the cells as JSON at the end')
    .addHelpText(
      'after',
      '\nCtrl-C stops after the present step of each trainer, a second one at once; started again, the study\n' +
        'runs only what is missing. While the window or `kindling serve` is open, the study runs there: it waits\n' +
        'its turn, and Ctrl-C stops it all the same.' +
        example(
          'kindling study run resources/studies/demo.yaml',
          'kindling study run study.yaml --seeds 6 --jobs 2',
        ),
    )
    .action(async (file: string, options: StudyRunOptions, command: Command) => {
      const { runStudyFile } = await import('./study/run.ts');
      await runStudyFile(storeOf(command), file, options);
    });
  study
    .command('list')
    .description('the studies in the store')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling study list'))
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listStudies } = await import('./study/list.ts');
      await listStudies(storeOf(command), options);
    });
  study
    .command('show')
    .description('a study’s cells: mean and 95 % t interval over the seeds, n, parameters, MACs')
    .argument('<name>')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling study show demo'))
    .action(async (name: string, options: { json?: boolean }, command: Command) => {
      const { showStudy } = await import('./study/show.ts');
      await showStudy(storeOf(command), name, options);
    });
  study
    .command('export')
    .description('a study’s runs and cells as CSV and JSON, its file, and its figures as SVG')
    .argument('<name>')
    .requiredOption('--output <folder>', 'made if missing; files of the same names are replaced')
    .addHelpText('after', example('kindling study export demo --output paper/demo'))
    .action(async (name: string, options: { output: string }, command: Command) => {
      const { exportStudy } = await import('./study/export.ts');
      exportStudy(storeOf(command), name, options.output);
    });
  return study;
}
