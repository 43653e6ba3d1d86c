import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { eachLayer } from '../../each-layer.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { activity } from '../../measures/activity.ts';
import { classSelectivity } from '../../measures/class-selectivity.ts';
import { shuffledLabels } from '../../measures/shuffled-labels.ts';
import type { Computation } from '../../method.ts';
import type { unitsMethod } from './index.ts';
import type { Features } from '../../subject.ts';

export const compute: Computation<typeof unitsMethod> = async (
  subject,
  settings,
  { progress, ...control },
) => {
  const { images } = settings;
  const { labels } = subject.evaluationSet(images);
  const shuffled = shuffledLabels(labels);
  const results: LayerResult[] = [];
  const found = (layer: Layer, measure: string, value: number | null, baselines: Baselines): void => {
    if (hasRelu(layer)) results.push(layerResult(layer, { measure, settings, value, baselines }));
  };
  const firstHalf = { ...control, progress: (share: number) => progress(share / 2) };
  await eachLayer(subject, images, 'share of zeros', firstHalf, ({ layer, trained, untrained }) => {
    const after = activity(trained);
    const before = activity(untrained);
    found(layer, 'sparsity', after.sparsity, { untrained: before.sparsity });
    found(layer, 'dead units', after.dead, { untrained: before.dead });
  });
  const secondHalf = { ...control, progress: (share: number) => progress((1 + share) / 2) };
  await eachLayer(subject, images, 'average', secondHalf, ({ layer, trained, untrained }) => {
    const selectivity = (features: Features, truth: Uint16Array): number | null =>
      meanOfDefined(classSelectivity(features, truth, subject.classes.length));
    found(layer, 'class selectivity', selectivity(trained, labels), {
      untrained: selectivity(untrained, labels),
      'shuffled labels': selectivity(trained, shuffled),
    });
  });
  return { results, files: [] };
};

type Baselines = LayerResult['baselines'];

function hasRelu(layer: Layer): boolean {
  return 'activation' in layer && layer.activation === 'relu';
}

/** Null where there is none. */
function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length > 0 ? mean(defined) : null;
}
