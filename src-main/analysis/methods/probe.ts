import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { linearProbe, splitForProbe } from '../measures/linear-probe.ts';
import { asMatrix } from '../measures/matrix.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';

/** Cross-entropy across layers, classifier form: docs/analysis/probe.md. */
export const probeMethod = defineMethod({
  name: 'probe',
  title: 'Linear probe',
  family: 'representation',
  about: 'How well a linear classifier tells the classes apart from each layer’s averaged features.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Probe cross-entropy',
      kind: 'number',
      axis: 'held-out cross-entropy / ln(classes)',
    },
    { name: 'accuracy', title: 'Probe accuracy', kind: 'share', axis: 'held-out accuracy' },
    {
      name: 'selectivity',
      title: 'Selectivity',
      kind: 'share',
      axis: 'accuracy less that with shuffled labels',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
  run: async (subject, settings, control) => {
    const { labels } = subject.evaluationSet(settings.images);
    const classes = subject.classes.length;
    const split = splitForProbe(labels, classes);
    const results: AnalysisResult[] = [];
    await eachLayer(subject, settings.images, 'average', control, async ({ layer, trained, untrained }) => {
      const { score, shuffled, l2 } = await linearProbe(
        asMatrix(trained),
        labels,
        classes,
        split,
        control.pause,
      );
      const before = await linearProbe(asMatrix(untrained), labels, classes, split, control.pause);
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
  },
});
