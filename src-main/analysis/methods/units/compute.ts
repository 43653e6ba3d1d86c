import { isRectified } from '../../../../src-shared/networks/layers/parts/activation.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import { eachLayer } from '../../each-layer.ts';
import { layerResult, type LayerResult } from '../../layer-result.ts';
import { type Activity, activity } from '../../measures/activity.ts';
import { classSelectivity } from '../../measures/class-selectivity.ts';
import { shuffledLabels } from '../../measures/shuffled-labels.ts';
import type { Computation } from '../../method.ts';
import type { unitsMethod } from './index.ts';
import type { Features, FeatureWeights } from '../../subject.ts';
import { toldResults } from '../../told-results.ts';
import { withFeatures } from '../../with-features.ts';

export const compute: Computation<typeof unitsMethod> = async (subject, settings, control) => {
  const { images } = settings;
  const { labels } = subject.evaluationSet(images);
  const shuffled = shuffledLabels(labels);
  const rectified = subject.layers.filter(isRectified);
  const names = rectified.map(({ name }) => name);
  const activities = (weights: FeatureWeights): Promise<Activity[]> =>
    withFeatures(subject.features(weights, images, 'share of zeros', names), (features) =>
      features.map((each) => activity(each.read())),
    );
  const [trained, untrained] = [await activities('trained'), await activities('untrained')];
  const told = toldResults(control);
  const active = rectified.flatMap((layer, index) => {
    const [after, before] = [trained[index], untrained[index]];
    if (after === undefined || before === undefined) throw new Error(`no features of ${layer.name}`);
    const found = (measure: string, key: keyof Activity): LayerResult =>
      layerResult(layer, { measure, settings, value: after[key], baselines: { untrained: before[key] } });
    return [found('sparsity', 'sparsity'), found('dead units', 'dead')];
  });
  told.push(...active);
  const selectivity = (features: Features, truth: Uint16Array): number | null =>
    meanOfDefined(classSelectivity(features.read(), truth, subject.classes.length));
  await eachLayer(subject, images, control, ({ layer, trained, untrained }) => {
    if (!isRectified(layer)) return;
    const baselines = {
      untrained: selectivity(untrained, labels),
      'shuffled labels': selectivity(trained, shuffled),
    };
    const value = selectivity(trained, labels);
    told.push(layerResult(layer, { measure: 'class selectivity', settings, value, baselines }));
  });
  return { results: told.results, files: [] };
};

/** Null where there is none. */
function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length > 0 ? mean(defined) : null;
}
