import { type Outcome, OUTCOMES_FILE, outcomesCsv } from '../../../../src-shared/analysis/outcomes.ts';
import { whole } from '../../../../src-shared/numbers.ts';
import { computedValues } from '../../computed-values.ts';
import { batchesOf } from '../../evaluation-set.ts';
import type { Computation } from '../../method.ts';
import { imageTensor } from '../../network-tensors.ts';
import { logitsOf, withNetwork } from '../../pictures/picture-network.ts';
import type { outcomesMethod } from './index.ts';
import { outcomeOf } from './outcome-of.ts';

/** Images that are computed together. */
const BATCH = 100;

export const compute: Computation<typeof outcomesMethod> = (subject, _settings, { progress, pause }) => {
  const { graph, weights, outputs, images: set } = subject.whole();
  return withNetwork({ graph, engine: subject.engine }, weights, async (network) => {
    const outcomes: Outcome[] = [];
    for (const { end, batch } of batchesOf(set, BATCH)) {
      const logits = computedValues(() => logitsOf(network, imageTensor(graph, batch.images)));
      for (const [place, image] of batch.indices.entries()) {
        const own = logits.subarray(place * graph.classes, (place + 1) * graph.classes);
        outcomes.push(outcomeOf(image, outputs[batch.labels[place] ?? -1] ?? -1, own));
      }
      progress(end / set.count);
      await pause();
    }
    const title = `Predicted class and cross-entropy loss of all ${whole(set.count)} images, by their place; classes are counted from 0.`;
    const bytes = new TextEncoder().encode(outcomesCsv(outcomes));
    const file = { file: OUTCOMES_FILE, kind: 'array', mediaType: 'text/csv', layer: null, title } as const;
    return { results: [], files: [{ ...file, bytes }] };
  });
};
