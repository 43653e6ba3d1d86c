import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { preprocessingText } from '../../../src-shared/networks/preprocessing-text.ts';
import { percent } from '../../../src-shared/numbers.ts';
import { findPredictor, type Predictor } from '../../analysis/prediction/find-predictor.ts';
import { predictPictures } from '../../analysis/prediction/predict-pictures.ts';
import { tellUnread } from '../../datasets/import/tell-passed-over.ts';
import { namedPictures } from '../../datasets/inputs/find-pictures.ts';
import { kindlingHome } from '../../home.ts';
import { interruptible } from '../interrupt.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine } from '../output.ts';
import { requireRuns } from '../require-runs.ts';
import { stepDisplay } from '../step-progress.ts';

export interface PredictOptions {
  readonly top?: number;
  readonly json?: boolean;
}

/** Classes that are shown to people. */
const SHOWN = 5;

/**
 * Classifies pictures and prints their classes.
 * @throws Problem, also `data-invalid` after everything else is printed where pictures cannot be read; Interrupted
 */
export async function predict(
  storeFile: string,
  network: string,
  given: readonly string[],
  { top, json = false }: PredictOptions,
): Promise<void> {
  const predictor = predictorOf(storeFile, network);
  const { checkpoint, preprocessing } = predictor;
  const { pictures, unread } = namedPictures(given);
  for (const { text } of tellUnread(unread)) console.error(`kindling: ${text}`);
  const display = stepDisplay(process.stderr);
  const task = { checkpoint, shortSide: preprocessing.shortSide, pictures: [...pictures] };
  const onProgress = (share: number): void =>
    display.show({ title: counted(pictures.length, 'picture'), done: share, total: 1, note: '' });
  const { pictures: predicted, broken } = await interruptible((signal) =>
    predictPictures(kindlingHome(), task, { signal, onProgress }),
  ).finally(() => display.end());
  const shown = predicted.map(({ file, predictions }) => ({
    file,
    predictions: predictions.slice(0, top ?? (json ? predictions.length : SHOWN)),
  }));
  if (json) printJson(shown);
  else {
    printLine(`pictures become ${preprocessingText(predictor)}`);
    for (const each of shown) printPicture(each);
  }
  if (broken.length > 0) throw new Problem('data-invalid', broken.join('\n'));
}

function predictorOf(storeFile: string, network: string): Predictor {
  const store = openToRead(storeFile);
  try {
    if (store.findNetwork(network) === null) requireRuns(store, [network]);
    return findPredictor(store, network);
  } finally {
    store.close();
  }
}

interface Shown {
  readonly file: string;
  readonly predictions: readonly { readonly name: string; readonly probability: number }[];
}

function printPicture({ file, predictions }: Shown): void {
  printLine(`\n${file}`);
  for (const { name, probability } of predictions)
    printLine(`  ${percent(probability).padStart(7)}  ${name}`);
}
