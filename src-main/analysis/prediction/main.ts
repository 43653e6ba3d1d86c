import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { readNetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import { openEngine } from '../../engine/open-engine.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { answerWork, type WorkControl } from '../../work/answer-work.ts';
import { namedClasses, openPredictor } from './predict.ts';
import { PREDICTION, type Predictions, type PredictionTask } from './predict-pictures.ts';
import { readPicture } from './read-picture.ts';

/** Pictures that are decoded and computed together. */
const BATCH = 16;

answerWork(PREDICTION, () => ({ about: null, work: predict }));

async function predict(
  { checkpoint, shortSide, pictures }: PredictionTask,
  { onProgress, pause }: WorkControl<number>,
): Promise<Predictions> {
  const network = readNetworkCheckpoint(checkpoint);
  const { graph, classes } = network;
  const { operations } = await openEngine(selectedEngine(kindlingHome()));
  const predictor = openPredictor(network, operations);
  const predicted: Predictions['pictures'] = [];
  const broken: string[] = [];
  try {
    for (let start = 0; start < pictures.length; start += BATCH) {
      await pause();
      const files = pictures.slice(start, start + BATCH);
      const read = await Promise.all(
        files.map((file) => pictureOrWhy(file, { input: graph.input, shortSide })),
      );
      broken.push(...read.filter((each) => typeof each === 'string'));
      const whole = read.flatMap((pixels, index) =>
        typeof pixels === 'string' ? [] : [{ file: files[index] ?? '', pixels }],
      );
      if (whole.length > 0) {
        const logits = predictor.logits(whole.map(({ pixels }) => pixels));
        for (const [place, { file }] of whole.entries()) {
          const own = logits.subarray(place * graph.classes, (place + 1) * graph.classes);
          predicted.push({ file, predictions: namedClasses(own, classes) });
        }
      }
      onProgress(Math.min(1, (start + BATCH) / pictures.length));
    }
  } finally {
    predictor.close();
  }
  return { pictures: predicted, broken };
}

async function pictureOrWhy(
  file: string,
  options: Parameters<typeof readPicture>[1],
): Promise<Uint8Array | string> {
  try {
    return await readPicture(file, options);
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
