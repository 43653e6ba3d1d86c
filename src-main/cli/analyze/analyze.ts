import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { GivenSettings } from '../../../src-shared/analysis/settings.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { warmAnalyst } from '../../analysis/analysis-work.ts';
import { analyzeRuns, type AnalysisProgress, type AnalysisWish } from '../../analysis/analyze-runs.ts';
import { askedMethods } from '../../analysis/asked-methods.ts';
import { METHODS } from '../../analysis/methods/index.ts';
import { artifactsFolder, dataFolder, kindlingHome } from '../../home.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { typedCommand } from '../../typed-command.ts';
import type { AnalyzeOptions } from '../analyze.ts';
import { selectRuns } from '../export/select-runs.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { duration, printJson } from '../output.ts';
import { type Step, stepDisplay } from '../step-progress.ts';
import { printAnalyses } from './print-analyses.ts';

/**
 * Analyses runs and prints what was found.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function analyze(file: string, ids: readonly string[], options: AnalyzeOptions): Promise<void> {
  const asked = askedMethods(options.methods ?? representationMethods(), settingsOf(options));
  const store = openStore(file, {
    purpose: 'schedule',
    artifactsRoot: artifactsFolder(),
    holder: '`kindling analyze`',
  });
  try {
    const runs = chooseRuns(store, ids, options);
    const analyses = await compute(store, { runs, asked, again: options.again ?? false });
    if (options.json) printJson(asJson(runs, analyses));
    else await printAnalyses(store, runs, analyses);
  } finally {
    store.close();
  }
}

/** A run that is named must be complete; of a study or a filter only the complete ones are meant. */
function chooseRuns(store: Store, ids: readonly string[], options: AnalyzeOptions): string[] {
  const { study, filter } = options;
  if (ids.length === 0 && study === undefined && filter === undefined)
    throw new Problem(
      'usage',
      `which runs? Give ids (\`${typedCommand('run list', store.file)}\` shows them), --study or --filter.`,
    );
  const selection = {
    ...(study === undefined ? {} : { study }),
    ...(filter === undefined ? {} : { filter }),
  };
  const runs = selectRuns(store, ids, selection).filter(
    (id) => ids.length > 0 || store.run(id).state === 'complete',
  );
  if (runs.length === 0) throw new Problem('not-found', 'There is no complete run of this description.');
  return runs;
}

async function compute(store: Store, wish: AnalysisWish): Promise<Analysis[]> {
  const home = kindlingHome();
  const analyst = warmAnalyst(home);
  const display = stepDisplay(process.stderr);
  const onProgress = (progress: AnalysisProgress): void => display.show(stepOf(progress));
  try {
    return await interruptible(
      (signal) =>
        analyzeRuns(wish, {
          store: () => store,
          analyst,
          dataRoot: dataFolder(home),
          onProgress,
          signal,
        }),
      { onSecond: () => analyst.close() },
    );
  } catch (error) {
    if (error instanceof Interrupted)
      throw new Interrupted('stopped; what was found is kept. Start it again to go on.');
    throw error;
  } finally {
    display.end();
    analyst.close();
  }
}

/** `--images` is short for the one setting that nearly all have. @throws Problem `usage` */
function settingsOf({ images, set }: AnalyzeOptions): GivenSettings {
  const settings = set.map((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const;
    throw new Problem(
      'usage',
      `--set ${text}: write it as name=value or method.name=value; \`kindling analyze --list\` shows the settings.`,
    );
  });
  return { ...(images === undefined ? {} : { images }), ...Object.fromEntries(settings) };
}

function representationMethods(): string[] {
  return METHODS.filter(({ family }) => family === 'representation').map(({ name }) => name);
}

function stepOf({ run, method, done, total, share, secondsLeft }: AnalysisProgress): Step {
  const left = secondsLeft === null ? {} : { note: `${duration(secondsLeft)} left` };
  return {
    title: `analysing ${run}: ${method}`,
    done: done + share,
    total,
    amount: (value) => String(Math.floor(value)),
    ...left,
  };
}

/** Of one run an object, of several an array of them. */
function asJson(runs: readonly string[], analyses: readonly Analysis[]): unknown {
  const all = runs.map((run) => {
    const ofRun = analyses.filter((analysis) => analysis.run === run);
    return {
      run,
      results: ofRun.flatMap(({ results }) => results),
      files: ofRun.flatMap(({ method, files }) => files.map((file) => ({ method, ...file }))),
    };
  });
  return all.length === 1 ? all[0] : all;
}
