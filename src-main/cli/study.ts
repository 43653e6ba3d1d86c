import { Command, Option } from 'commander';
import { chartWord } from '../../src-shared/charts/kinds/registry.ts';
import { REPORT_CHARTS } from '../../src-shared/figures/report-choice.ts';
import { HOW_TO_GO_ON, howToGoOnSchema } from '../../src-shared/studies/how-to-go-on.ts';
import { EXECUTORS, USUAL_EXECUTOR } from '../executors/registry.ts';
import { REPORT_FORMATS } from '../reports/formats/registry.ts';
import { localOptions } from './local-options.ts';
import { example } from './example.ts';
import { addSlurmOptions } from './slurm-options.ts';
import { storeOf } from './store-option.ts';
import type { CollectOptions } from './study/collect.ts';
import type { EffectsOptions } from './study/effects.ts';
import type { ListOptions } from './study/list.ts';
import type { StudyPlanOptions } from './study/plan.ts';
import { wholeNumber, wholeNumberOrAuto } from './whole-number.ts';
import type { NoteOptions } from './study/note.ts';
import type { OpenOptions } from './study/open.ts';
import type { ReportOptions } from './study/report.ts';
import type { TagOptions } from './study/tag.ts';
import type { StudyRunOptions } from './study/run.ts';

export function studyCommand(): Command {
  const [devicesOption, fuseOption] = localOptions();
  const study = new Command('study')
    .description('run, list, show, test and export studies: grids of trainings with seeds as replicates')
    .addHelpText('after', example('kindling study run resources/studies/demo.yaml'));
  const run = study
    .command('run')
    .description('train the missing runs of a study, then print its table and draw its figures')
    .argument('<file>', 'a study file (YAML)')
    .option('--seeds <n>', 'use seeds 0 to n - 1 instead of those in the file', wholeNumber)
    .option(
      '--jobs <n>',
      'parallel runs; auto: measure first with this network how many are fastest (default: as measured on this machine)',
      wholeNumberOrAuto,
    )
    .addOption(devicesOption)
    .addOption(fuseOption)
    .addOption(
      new Option(
        '--executor <name>',
        `where trainings run: ${EXECUTORS.map(({ name, about }) => `${name}: ${about}`).join('; ')} (default: ${USUAL_EXECUTOR.name})`,
      ).choices(EXECUTORS.map(({ name }) => name)),
    )
    .option('--retry-diverged', 'also repeat runs that diverged')
    .addOption(howToGoOn())
    .option('--detach', 'queue the study in the running application and return at once')
    .option(
      '--submit-and-leave',
      'submit the runs to workers that go on without Kindling, and return; `study collect` takes their results',
    )
    .option('--output <folder>', 'folder for the figures (default: figures/STUDY next to the store)')
    .option('--dry-run', 'print what `study plan` prints, and train nothing')
    .option('--json', 'print the cells as JSON when done');
  addSlurmOptions(run)
    .addHelpText(
      'after',
      '\nCtrl-C stops each trainer after its current step; a second Ctrl-C stops at once. Started again, the study\n' +
        'trains only the missing runs, and interrupted ones go on from their last resume checkpoint. If the window or `kindling serve` is open, the study is queued there; Ctrl-C\n' +
        'stops it just the same.' +
        example(
          'kindling study run resources/studies/demo.yaml',
          'kindling study run study.yaml --seeds 6 --jobs 2',
        ),
    )
    .action(async (file: string, options: StudyRunOptions & { dryRun?: boolean }, command: Command) => {
      if (options.dryRun) {
        const { planStudyFile } = await import('./study/plan.ts');
        return planStudyFile(storeOf(command), file, options);
      }
      const { runStudyFile } = await import('./study/run.ts');
      await runStudyFile(storeOf(command), file, options);
    });
  study
    .command('collect')
    .description('take what workers have finished of a study whose runs were submitted')
    .argument('<name>')
    .option('--follow', 'wait for the rest and take it as it comes')
    .option('--json', 'print what there is of the study then as JSON')
    .addHelpText(
      'after',
      '\nIt may be done at any time and as often as you like; the window and `kindling serve` do it every minute.' +
        example('kindling study collect demo', 'kindling study collect demo --follow'),
    )
    .action(async (name: string, options: CollectOptions, command: Command) => {
      const { collectStudy } = await import('./study/collect.ts');
      await collectStudy(storeOf(command), name, options);
    });
  study
    .command('plan')
    .description(
      'show what a study would cost (runs, work, time, disk) and which differences its seeds could show; trains nothing',
    )
    .argument('<file>', 'a study file (YAML)')
    .option('--seeds <n>', 'plan for seeds 0 to n - 1 instead of those in the file', wholeNumber)
    .option(
      '--jobs <n>',
      'parallel runs; auto: measure first with this network how many are fastest (default: as measured on this machine)',
      wholeNumberOrAuto,
    )
    .addOption(devicesOption)
    .addOption(fuseOption)
    .option('--retry-diverged', 'also count runs that diverged')
    .addOption(howToGoOn())
    .option('--metric <column>', 'metric (default: testAccuracy)')
    .option(
      '--difference <size>',
      'true difference of two cells that is to be found, in percentage points of a share such as accuracy (default: 1)',
    )
    .option('--deviation <size>', 'assumed standard deviation over the seeds of a cell, in the same unit')
    .option('--correlation <r>', 'assumed correlation of two cells over the seeds they share (default: 0)')
    .option('--pilot <study>', 'take the standard deviation from a study in the store, with its interval')
    .option('--unpaired', 'plan for a test that does not pair cells by seed')
    .option(
      '--comparisons <n>',
      "comparisons that are adjusted for, by Holm's method (default: all cells with one baseline)",
      wholeNumber,
    )
    .option('--power <percent>', 'wanted probability to find the difference (default: 80)')
    .option('--alpha <level>', 'probability of any false claim (default: 0.05)')
    .option('--margin <size>', 'also plan to show that cells which do not differ do so by less than this')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nReads the store and changes nothing. docs/plans.md explains the numbers.' +
        example(
          'kindling study plan resources/studies/demo.yaml',
          'kindling study plan study.yaml --difference 0.5 --deviation 0.4 --correlation 0.3',
          'kindling study plan study.yaml --pilot demo --margin 0.75 --json',
        ),
    )
    .action(async (file: string, options: StudyPlanOptions, command: Command) => {
      const { planStudyFile } = await import('./study/plan.ts');
      await planStudyFile(storeOf(command), file, options);
    });
  study
    .command('list')
    .description('list the studies in the store')
    .option('--tag <tag>', 'only those with this tag')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling study list', 'kindling study list --tag paper --json'))
    .action(async (options: ListOptions, command: Command) => {
      const { listStudies } = await import('./study/list.ts');
      await listStudies(storeOf(command), options);
    });
  study
    .command('show')
    .description('show the cells of a study: mean and 95 % t interval over seeds, n, parameters, MACs')
    .argument('<name>')
    .option('--json', 'print JSON')
    .addHelpText('after', example('kindling study show demo'))
    .action(async (name: string, options: { json?: boolean }, command: Command) => {
      const { showStudy } = await import('./study/show.ts');
      await showStudy(storeOf(command), name, options);
    });
  study
    .command('note')
    .description('print the note of a study, or set it: what you found, in Markdown')
    .argument('<name>')
    .option(
      '--file <file>',
      'set the note to the text of this file (-: standard input); one without words removes it',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe note is shown on the page of the study and is part of its report. Lists, tables, links and code are shown as\n' +
        'such; HTML is shown as text, and pictures are links.' +
        example('kindling study note demo > note.md', 'kindling study note demo --file note.md'),
    )
    .action(async (name: string, options: NoteOptions, command: Command) => {
      const { studyNote } = await import('./study/note.ts');
      await studyNote(storeOf(command), name, options);
    });
  study
    .command('tag')
    .description('print the tags of a study, or add and remove some')
    .argument('<name>')
    .option('--add <tags...>', 'tags to add')
    .option('--remove <tags...>', 'tags to remove')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe list of studies shows tags and filters by them. Tags are not part of the study file.' +
        example('kindling study tag demo', 'kindling study tag demo --add paper "first look" --remove draft'),
    )
    .action(async (name: string, options: TagOptions, command: Command) => {
      const { studyTags } = await import('./study/tag.ts');
      await studyTags(storeOf(command), name, options);
    });
  study
    .command('effects')
    .description(
      'show how much each factor and their interactions matter: an analysis of variance of any number of factors',
    )
    .argument('<name>')
    .option('--metric <column>', 'metric (default: testAccuracy, or the first metric of imported runs)')
    .addOption(
      new Option(
        '--order <factors>',
        'interactions of up to so many factors; 1 for main effects only (default: 2)',
      ).choices([...['1', '2', '3', '4']]),
    )
    .addOption(
      new Option(
        '--type <type>',
        'type of the sums of squares, which differ where runs are missing (default: 2)',
      ).choices([...['2', '3']]),
    )
    .option('--numeric <factors...>', 'factors that are numbers, along which the metric follows a line')
    .option(
      '--at <conditions...>',
      'simple effects: of the other factors at each level of this one (sr), or at some levels (sr=0.5 bypass=none)',
    )
    .option(
      '--contrast <weights...>',
      'contrasts of marginal means, with weights that add up to 0: "sr: 0.125=-1, 0.5=-1, 1=2"',
    )
    .option(
      '--margin <size>',
      'test whether differences are smaller than this, in percentage points of a share such as accuracy',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEach seed is a block. Values of a factor are levels unless --numeric says otherwise. Of lists and random samples\n' +
        'the importance of the settings by a random forest follows. docs/effects.md explains the numbers.' +
        example(
          'kindling study effects demo',
          'kindling study effects demo --order 1 --numeric sr --json',
          'kindling study effects demo --at sr=0.5 --margin 0.75',
          'kindling study effects demo --contrast "sr: 0.125=-1, 1=1" "pct3x3: 0=-1, 0.5=0.5, 1=0.5"',
        ),
    )
    .action(async (name: string, options: EffectsOptions, command: Command) => {
      const { studyEffects } = await import('./study/effects.ts');
      await studyEffects(storeOf(command), name, options);
    });
  study
    .command('export')
    .description('export the runs and cells of a study as CSV and JSON, its file, and its figures as SVG')
    .argument('<name>')
    .requiredOption(
      '--output <folder>',
      'output folder; created if missing, files of the same names are replaced',
    )
    .addHelpText('after', example('kindling study export demo --output paper/demo'))
    .action(async (name: string, options: { output: string }, command: Command) => {
      const { exportStudy } = await import('./study/export.ts');
      await exportStudy(storeOf(command), name, options.output);
    });
  study
    .command('report')
    .description(
      'write all of a study as one report: question, answer, design, data, recipe, table, figures, effects, tests, failures, provenance',
    )
    .argument('<name>')
    .requiredOption(
      '--output <file>',
      `output file; its extension sets the format: ${REPORT_FORMATS.map(({ ending, about }) => `.${ending} (${about})`).join(', ')}`,
    )
    .addOption(
      new Option(
        '--figure <kinds...>',
        'figures in place of those that suit the study, by what `kindling figure` calls them',
      ).choices(REPORT_CHARTS.map(chartWord)),
    )
    .option(
      '--margin <size>',
      'also test whether differences are smaller than this, in percentage points of a share such as accuracy',
    )
    .option('--json', 'print the paths of the files as JSON')
    .addHelpText(
      'after',
      '\nFigures of effects, differences and layer analyses are in their own sections.' +
        example(
          `kindling study report demo --output demo.${REPORT_FORMATS[0]?.ending ?? ''}`,
          `kindling study report demo --output demo.${REPORT_FORMATS[0]?.ending ?? ''} --figure heat-map errors --margin 0.75`,
        ),
    )
    .action(async (name: string, options: ReportOptions, command: Command) => {
      const { writeReport } = await import('./study/report.ts');
      await writeReport(storeOf(command), name, options);
    });
  study
    .command('open')
    .description('add the study that an HTML report holds to the store, with its runs')
    .argument('<file>', 'a report that `study report` wrote as HTML')
    .option('--name <name>', 'what the study is called here (default: as in the report)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nThe study is added whole, or not at all. Weights are not in a report: they stay where the runs were trained.' +
        example('kindling study open demo.html', 'kindling study open demo.html --name demo-of-a-colleague'),
    )
    .action(async (file: string, options: OpenOptions, command: Command) => {
      const { openReport } = await import('./study/open.ts');
      await openReport(storeOf(command), file, options);
    });
  return study;
}

/** A description of its own for each command: an option that two share would have the value of one. */
function howToGoOn(): Option {
  return new Option(
    '--resume <how>',
    `how runs go on, from their resume checkpoints or the end of a run of fewer epochs: ${Object.entries(
      HOW_TO_GO_ON,
    )
      .map(([how, about]) => `${how}: ${about}`)
      .join('; ')} (default: exact)`,
  ).choices(howToGoOnSchema.options);
}
