import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import type { Layer } from '../../../src-shared/networks/graph.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import { eachLayer } from '../each-layer.ts';
import { layerResult } from '../layer-result.ts';
import { activity } from '../measures/activity.ts';
import { classSelectivity } from '../measures/class-selectivity.ts';
import { shuffledLabels } from '../measures/shuffled-labels.ts';
import type { MethodControl, MethodOutput } from '../method.ts';
import type { UnitsSettings } from '../methods/units.ts';
import type { Subject, Features } from '../subject.ts';

/** Computes `unitsMethod`. */
export async function computeUnits(
  subject: Subject,
  settings: UnitsSettings,
  { progress, ...control }: MethodControl,
): Promise<MethodOutput> {
  const { images } = settings;
  const { labels } = subject.evaluationSet(images);
  const shuffled = shuffledLabels(labels);
  const results: AnalysisResult[] = [];
  const found = (layer: Layer, measure: string, value: number | null, baselines: Baselines): void => {
    if (hasRelu(layer))
      results.push(layerResult(layer, { method: 'units', measure, settings, value, baselines }));
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
}

type Baselines = AnalysisResult['baselines'];

function hasRelu(layer: Layer): boolean {
  return 'activation' in layer && layer.activation === 'relu';
}

/** Null where there is none. */
function meanOfDefined(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length > 0 ? mean(defined) : null;
}
