import { eachLayer } from '../../each-layer.ts';
import { layerResult } from '../../layer-result.ts';
import { linearProbe, splitForProbe, type ProbeOutcome } from '../../measures/linear-probe.ts';
import type { Computation } from '../../method.ts';
import type { probeMethod } from './index.ts';
import type { Features } from '../../subject.ts';
import { toldResults } from '../../told-results.ts';

export const compute: Computation<typeof probeMethod> = async (subject, settings, control) => {
  const { labels } = subject.evaluationSet(settings.images);
  const classes = subject.classes.length;
  const split = splitForProbe(labels, classes);
  const told = toldResults(control);
  await eachLayer(subject, settings.images, control, async ({ layer, trained, untrained }) => {
    const probe = (features: Features): Promise<ProbeOutcome> =>
      linearProbe(features.read(), labels, classes, split, control.pause, settings.dimension);
    const { score, shuffled, l2 } = await probe(trained);
    const before = await probe(untrained);
    const shared = { settings: { ...settings, l2 } };
    told.push(
      layerResult(layer, {
        ...shared,
        measure: 'cross-entropy',
        value: score.crossEntropy,
        interval: score.crossEntropyInterval,
        baselines: { untrained: before.score.crossEntropy, 'shuffled labels': shuffled.crossEntropy },
      }),
      layerResult(layer, {
        ...shared,
        measure: 'accuracy',
        value: score.accuracy,
        interval: score.accuracyInterval,
        baselines: { untrained: before.score.accuracy, 'shuffled labels': shuffled.accuracy },
      }),
      layerResult(layer, {
        ...shared,
        measure: 'selectivity',
        value: score.accuracy - shuffled.accuracy,
        baselines: { untrained: before.score.accuracy - before.shuffled.accuracy },
      }),
    );
  });
  return { results: told.results, files: [] };
};
