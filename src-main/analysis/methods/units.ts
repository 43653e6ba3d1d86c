import { z } from 'zod';
import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import type { Layer } from '../../../src-shared/networks/graph.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { activity } from '../measures/activity.ts';
import { classSelectivity } from '../measures/class-selectivity.ts';
import { asMatrix } from '../measures/matrix.ts';
import { defineMethod } from '../method.ts';
import { imagesSetting } from '../settings.ts';
import type { Features } from '../subject.ts';

/** What the channels of a layer with a ReLU do one by one: docs/analysis/units.md. */
export const unitsMethod = defineMethod({
  name: 'units',
  title: 'Units',
  family: 'representation',
  about: 'How often the channels after a ReLU are zero, and how far they prefer one class.',
  measures: [
    { name: 'sparsity', title: 'Sparsity', kind: 'share', axis: 'share of activations that are zero' },
    {
      name: 'dead units',
      title: 'Dead units',
      kind: 'share',
      axis: 'share of channels that are always zero',
    },
    {
      name: 'class selectivity',
      title: 'Class selectivity',
      kind: 'share',
      axis: 'mean over channels of (max - rest) / (max + rest)',
    },
  ],
  settings: z.strictObject({ images: imagesSetting }),
  run: async (subject, settings, { progress, ...control }) => {
    const { images } = settings;
    const { labels } = subject.evaluationSet(images);
    const shuffled = randomStream(0, 'shuffled labels').shuffle(Uint16Array.from(labels));
    const results: AnalysisResult[] = [];
    const found = (layer: Layer, measure: string, value: number | null, baselines: Baselines): void => {
      if (hasRelu(layer))
        results.push(layerResult(layer, { method: 'units', measure, settings, value, baselines }));
    };
    const firstHalf = { ...control, progress: (share: number) => progress(share / 2) };
    await eachLayer(subject, images, 'share of zeros', firstHalf, ({ layer, trained, untrained }) => {
      const after = activity(asMatrix(trained));
      const before = activity(asMatrix(untrained));
      found(layer, 'sparsity', after.sparsity, { untrained: before.sparsity });
      found(layer, 'dead units', after.dead, { untrained: before.dead });
    });
    const secondHalf = { ...control, progress: (share: number) => progress((1 + share) / 2) };
    await eachLayer(subject, images, 'average', secondHalf, ({ layer, trained, untrained }) => {
      const selectivity = (features: Features, truth: Uint16Array): number | null =>
        meanOfDefined(classSelectivity(asMatrix(features), truth, subject.classes.length));
      found(layer, 'class selectivity', selectivity(trained, labels), {
        untrained: selectivity(untrained, labels),
        'shuffled labels': selectivity(trained, shuffled),
      });
    });
    return { results, files: [] };
  },
});

type Baselines = AnalysisResult['baselines'];

function hasRelu(layer: Layer): boolean {
  return 'activation' in layer && layer.activation === 'relu';
}

/** Null where there is none. */
function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length > 0 ? mean(defined) : null;
}
