import * as tf from '@tensorflow/tfjs';
import { csv } from '../../../files/csv.ts';
import { forward } from '../../../engine/model.ts';
import { batchesOf } from '../../evaluation-set.ts';
import type { Computation, WrittenFile } from '../../method.ts';
import { imageTensor, weightTensors } from '../../network-tensors.ts';
import { type ConfusedPair, CONFUSION_FILE } from './confusion.ts';
import type { evaluationMethod } from './index.ts';
import { evaluationResults } from './evaluation-results.ts';
import { judgeImage, type Judgement } from './judge-image.ts';

/** Images at a time. */
const BATCH = 50;

export const compute: Computation<typeof evaluationMethod> = async (
  subject,
  { top },
  { progress, pause },
) => {
  const { graph, weights: values, outputs, classes, images: set } = subject.whole();
  const weights = weightTensors(graph, values);
  const judged: Judgement[] = [];
  try {
    const options = { operations: subject.engine.operations, training: false };
    for (const { end, batch } of batchesOf(set, BATCH)) {
      const logits = tf.tidy(() =>
        forward(graph, weights, imageTensor(graph, batch.images), options).logits.dataSync<'float32'>(),
      );
      for (const [image, label] of batch.labels.entries())
        judged.push(
          judgeImage(logits.subarray(image * graph.classes, (image + 1) * graph.classes), label, outputs),
        );
      progress(end / set.count);
      await pause();
    }
  } finally {
    tf.dispose([...weights.values()]);
  }
  const classesSeen = outputs.map((output) => classes[output] ?? '');
  return {
    results: evaluationResults(judged, { top, classes: classes.length, among: outputs.length }),
    files: [classFile(judged, classesSeen, top), confusionFile(judged, classesSeen, classes)],
  };
};

/** Each pair of classes that occurs, as `ConfusedPair`. */
function confusionFile(
  judged: readonly Judgement[],
  classesSeen: readonly string[],
  classes: readonly string[],
): WrittenFile {
  const pairs = [...Map.groupBy(judged, ({ label, predicted }) => `${label} ${predicted}`).values()];
  const counted = pairs.flatMap(([first, ...others]) =>
    first ? [{ label: first.label, predicted: first.predicted, images: 1 + others.length }] : [],
  );
  const named = counted
    .toSorted((one, other) => one.label - other.label || other.images - one.images)
    .map(({ label, predicted, images }): ConfusedPair => ({
      true: classesSeen[label] ?? '',
      predicted: classes[predicted] ?? '',
      images,
    }));
  return {
    ...{ file: CONFUSION_FILE, kind: 'array', mediaType: 'application/json', layer: null },
    title: 'How often each class was predicted as which, among all classes.',
    bytes: new TextEncoder().encode(`${JSON.stringify(named)}\n`),
  };
}

/** A row for each class of the images. */
function classFile(judged: readonly Judgement[], classesSeen: readonly string[], top: number): WrittenFile {
  const rows = classesSeen.map((name, label) => {
    const own = judged.filter((one) => one.label === label);
    const share = (of: (one: Judgement) => boolean): number | null =>
      own.length === 0 ? null : own.filter(of).length / own.length;
    const shares = [share(({ rank }) => rank === 0), share(({ rank }) => rank < top)];
    return [name, own.length, ...shares];
  });
  return {
    ...{ file: 'classes.csv', kind: 'array', mediaType: 'text/csv', layer: null },
    title: 'Images and accuracies of each class.',
    bytes: new TextEncoder().encode(csv(['class', 'images', 'accuracy', `top-${top} accuracy`], rows)),
  };
}
