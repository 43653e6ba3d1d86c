import type { Analysis, AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { lossText, percent } from '../../../src-shared/numbers.ts';
import { knownOf } from '../../analysis/analyze-runs.ts';
import { methodRequests } from '../../analysis/method-requests.ts';
import {
  type ConfusedPair,
  CONFUSION_FILE,
  confusionSchema,
} from '../../analysis/methods/evaluation/confusion.ts';
import { evaluationMethod } from '../../analysis/methods/evaluation/index.ts';
import { readAnalysisFile } from '../../artifacts/read-analysis-file.ts';
import { dataFolder } from '../../home.ts';
import type { ImageOptions } from '../analyze/images-of.ts';
import { tellImages } from '../analyze/tell-images.ts';
import { doTask } from '../application/do-task.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { allImages } from './all-images.ts';

export interface NetworkEvaluateOptions extends ImageOptions {
  readonly top?: number;
  readonly json?: boolean;
}

/** Mistakes that are printed. */
const FEW = 10;

/**
 * Evaluates an imported network, or a run, on images and prints how well it does.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function evaluateNetwork(
  file: string,
  name: string,
  { top, json, ...options }: NetworkEvaluateOptions,
): Promise<void> {
  const data = allImages(options);
  const store = openToRead(file);
  try {
    const runs = [store.findNetwork(name)?.id ?? store.run(name).id];
    const methods = [evaluationMethod.name];
    const settings = top === undefined ? {} : { top };
    await doTask(file, {
      command: 'network evaluate',
      start: (client) => client.request('analysis.start', { runs, methods, settings, data }),
      stopped: 'stopped.',
    });
    const where = { dataRoot: dataFolder(), data };
    if (data !== null) tellImages(store, runs, where, true);
    const asked = methodRequests(methods, settings);
    const [analysis] = knownOf({ runs, asked, data }, store, where.dataRoot);
    if (analysis === undefined) throw new Error('the evaluation was not stored');
    const { bytes } = readAnalysisFile(store, analysis, CONFUSION_FILE);
    const confusion = confusionSchema.parse(JSON.parse(bytes.toString('utf8')));
    if (json) printJson({ network: name, ...analysis, confusion });
    else await printEvaluation(analysis, confusion);
  } finally {
    store.close();
  }
}

async function printEvaluation(
  { results, settings }: Analysis,
  confusion: readonly ConfusedPair[],
): Promise<void> {
  const titles = new Map(evaluationMethod.measures.map((measure) => [measure.name, measure.title]));
  await printTable(
    [
      { title: 'measure' },
      { title: 'value', align: 'right' },
      { title: '95 % interval' },
      { title: 'chance', align: 'right' },
    ],
    results.map((result) => [
      (titles.get(result.measure) ?? '').replace('Top-k', `Top-${String(settings['top'])}`),
      numberText(result, result.value),
      result.interval?.map((end) => numberText(result, end)).join(' to ') ?? '',
      numberText(result, result.baselines['chance'] ?? null),
    ]),
  );
  printLine(`${String(results[0]?.settings['images'])} images, over which the intervals are.`);
  const mistakes = confusion.filter((pair) => pair.true !== pair.predicted);
  if (mistakes.length === 0) return;
  printLine();
  await printTable(
    [{ title: 'true class' }, { title: 'predicted as' }, { title: 'images', align: 'right' }],
    mistakes
      .toSorted((one, other) => other.images - one.images)
      .slice(0, FEW)
      .map((pair) => [pair.true, pair.predicted, String(pair.images)]),
  );
}

/** Losses are no shares. */
function numberText({ measure }: AnalysisResult, value: number | null): string {
  if (value === null) return '-';
  return measure.startsWith('loss') ? lossText(value) : percent(value);
}
