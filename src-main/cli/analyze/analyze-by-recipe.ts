import { resolve } from 'node:path';
import { givenSettings } from '../../../src-shared/analysis/comparable-analyses.ts';
import type { FailedStep } from '../../../src-shared/contract/api/analysis.ts';
import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type AnalysisFailure, recallAnalyses } from '../../analysis/analyze-runs.ts';
import { dataFor, picturesToPrepare, type SubjectData } from '../../analysis/specify-subject.ts';
import { dataFolder } from '../../home.ts';
import { leftOutRuns } from '../../recipes/left-out-runs.ts';
import type { RecipeResults } from '../../recipes/recipe-results.ts';
import { recipeSubjects } from '../../recipes/recipe-subjects.ts';
import { loadRecipe, type SettledRecipe } from '../../recipes/settle-recipe.ts';
import { recipeFeatureBytes } from '../../recipes/write-recipe-features.ts';
import { writeOutput } from '../../recipes/write-output.ts';
import type { Store } from '../../store/store.ts';
import { shellWord, typedCommand } from '../../typed-command.ts';
import { doTask } from '../application/do-task.ts';
import { engineThere } from '../application/engine-there.ts';
import { figureSetting } from '../figure/figure-setting.ts';
import { interruptible } from '../interrupt.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine } from '../output.ts';
import { stepDisplay } from '../step-progress.ts';
import type { AnalyzeOptions } from './analyze.ts';
import { chooseSubjects } from './choose-subjects.ts';
import { saidSettings } from './said-settings.ts';
import { imagesOf } from './images-of.ts';
import { tellDisk, tellOutput } from './tell-disk.ts';

/**
 * Does what a recipe says for runs and networks, and writes its output into a folder. What is known is not computed again.
 * @throws Problem for what fails, after all else is done and written; Interrupted after Ctrl-C
 */
export async function analyzeByRecipe(
  file: string,
  ids: readonly string[],
  options: AnalyzeOptions & { readonly recipe: string },
): Promise<void> {
  const output = outputOf(options);
  const { count, data: named } = imagesOf(options);
  const settled = loadRecipe(options.recipe, saidSettings(options.set, count));
  const methods = settled.asked.map(({ method }) => method);
  const data = settled.recipe.features.length > 0 ? named : dataFor(methods, named);
  const store = openToRead(file);
  try {
    const runs = [
      ...new Set(chooseSubjects(store, ids, options).map((id) => store.findNetwork(id)?.id ?? id)),
    ];
    const where = { dataRoot: dataFolder(), data };
    const failures = await computeSteps(file, store, settled, {
      runs,
      where,
      ...{ again: options.recompute ?? false, output },
    });
    const { found, refused } = recalled(store, settled, { runs, where });
    const results: RecipeResults = {
      ...{ ...settled, found, where, figures: figureSetting(store) },
      subjects: recipeSubjects(store, runs),
      failures: [...refused, ...failures.filter((each) => !refused.some((other) => isSame(each, other)))],
      leftOut: isOfStudy(ids, options) ? leftOutRuns(store, options.study) : '',
      command: commandOf(file, ids, options),
    };
    await report(results, output, options.json ?? false);
  } finally {
    store.close();
  }
}

/** Whether all runs of a study are meant, and not some that were named. */
function isOfStudy(
  ids: readonly string[],
  options: AnalyzeOptions,
): options is AnalyzeOptions & { readonly study: string } {
  return options.study !== undefined && options.filter === undefined && ids.length === 0;
}

interface Asked {
  readonly runs: readonly string[];
  readonly where: SubjectData;
}

/** @throws Problem `usage` for options that do not go with a recipe */
function outputOf({ methods, output }: AnalyzeOptions): string {
  if (methods !== undefined)
    throw new Problem(
      'usage',
      '--methods does not go with --recipe, which names the methods: copy the recipe and change it.',
    );
  if (output === undefined)
    throw new Problem(
      'usage',
      '--recipe makes figures, tables and a page of text: say where they go with --output FOLDER.',
    );
  return resolve(output);
}

/** Has computed what the store does not know. @returns what failed */
async function computeSteps(
  file: string,
  store: Store,
  settled: SettledRecipe,
  { runs, where, again, output }: Asked & { readonly again: boolean; readonly output: string },
): Promise<readonly FailedStep[]> {
  const missing = picturesToPrepare(store, runs, where);
  const isKnown = !again && missing.length === 0 && recalled(store, settled, { runs, where }).isAll;
  if (isKnown) return [];
  tellDisk(store, { runs, asked: settled.asked, data: where.data, again }, missing);
  tellOutput(output, recipeFeatureBytes(store, settled, runs, where));
  const steps = settled.asked.map(({ method, settings }, at) => ({
    name: settled.recipe.steps[at]?.name ?? method.name,
    method: method.name,
    settings: givenSettings(settings),
  }));
  const { result } = await doTask<readonly FailedStep[]>(file, {
    command: 'analyze',
    start: async (client) => {
      const there = await engineThere(client);
      if (there !== null) console.error(`kindling: ${client.host} computes, ${there}.`);
      return client.request('analysis.steps', { runs: [...runs], steps, data: where.data, again });
    },
    stopped: 'stopped; what was found so far is kept. Run the command again to continue.',
  });
  return result;
}

interface Recalled extends Pick<RecipeResults, 'found'> {
  /** Steps that cannot be asked of a run at all. */
  readonly refused: readonly FailedStep[];
  /** Whether there is nothing left to compute. */
  readonly isAll: boolean;
}

function recalled(store: Store, { asked }: SettledRecipe, { runs, where }: Asked): Recalled {
  const refused: FailedStep[] = [];
  const onFailure = ({ run, step, problem }: AnalysisFailure): void =>
    void refused.push({ run, step, message: problem.message });
  const all = recallAnalyses({ runs, asked, data: where.data }, store, where.dataRoot, onFailure);
  const found = asked.map((_, at) =>
    all.flatMap(({ step, known }) => (step === at && known !== null ? [known] : [])),
  );
  return { found, refused, isAll: all.every(({ known }) => known !== null) };
}

function isSame(one: FailedStep, other: FailedStep): boolean {
  return one.run === other.run && one.step === other.step;
}

async function report(results: RecipeResults, output: string, json: boolean): Promise<void> {
  const display = stepDisplay(process.stderr);
  const title = `writing ${output}`;
  const { page, missing } = await interruptible((signal) =>
    writeOutput(results, output, {
      signal,
      onProgress: (done, total) => display.show({ title, done, total, note: '' }),
    }),
  ).finally(() => display.end());
  if (results.leftOut !== '') console.error(`kindling: ${results.leftOut}`);
  if (json) printJson({ page, missing });
  else printLine(page);
  if (missing.length === 0) return;
  const what = missing.map((each) => `  ${each}`).join('\n');
  throw new Problem(
    'not-found',
    `${counted(missing.length, 'thing')} missing, as ${page} says, too:\n${what}`,
  );
}

/** What was typed, for the page: with it all of this is made again. */
function commandOf(
  file: string,
  ids: readonly string[],
  options: AnalyzeOptions & { readonly recipe: string },
): string {
  const { recipe, images, classes, grey, set, study, filter, output } = options;
  const valued = Object.entries({ study, filter, images, classes, output });
  const words = [
    ...['analyze', '--recipe', recipe, ...ids],
    ...valued.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(grey === 'convert' ? [] : ['--grey', grey]),
    ...set.flatMap((each) => ['--set', each]),
  ];
  return typedCommand(words.map(shellWord).join(' '), file);
}
