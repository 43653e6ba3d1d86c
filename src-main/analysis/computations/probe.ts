import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { linearProbe, splitForProbe, type ProbeOutcome } from '../measures/linear-probe.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { ProbeSettings } from '../methods/probe.ts';
import type { Features, Subject } from '../subject.ts';

/** Computes `probeMethod`. */
export async function computeProbe(
  subject: Subject,
  settings: ProbeSettings,
  control: MethodControl,
): Promise<MethodOutput> {
  const { labels } = subject.evaluationSet(settings.images);
  const classes = subject.classes.length;
  const split = splitForProbe(labels, classes);
  const results: AnalysisResult[] = [];
  await eachLayer(subject, settings.images, 'average', control, async ({ layer, trained, untrained }) => {
    const probe = (features: Features): Promise<ProbeOutcome> =>
      linearProbe(features, labels, classes, split, control.pause, settings.dimension);
    const { score, shuffled, l2 } = await probe(trained);
    const before = await probe(untrained);
    const shared = { method: 'probe', settings: { ...settings, l2 } };
    results.push(
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
  return { results, files: [] };
}
