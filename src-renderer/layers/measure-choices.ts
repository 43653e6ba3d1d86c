import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { measureKey } from '../../src-shared/analysis/findings.ts';
import { drawnScope, type MeasureChart } from '../../src-shared/charts/layers/layer-measure.ts';

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly { readonly key: string; readonly title: string }[];
}

/**
 * The measures that a chart can draw by their methods, for a list to choose from: those of the known methods, and the
 * one that is chosen.
 */
export function measureChoices(
  methods: readonly MethodDescription[],
  isKnown: (method: string) => boolean,
  chart: Pick<MeasureChart, 'kind' | 'measure'>,
): MeasureGroup[] {
  return methods.flatMap(({ name, title, measures }) => {
    const shown = measures
      .filter((measure) => drawnScope(chart.kind, measure) !== null)
      .map((measure) => ({ key: measureKey(name, measure.name), title: measure.title }));
    const offered = isKnown(name) ? shown : shown.filter(({ key }) => key === chart.measure);
    return offered.length === 0 ? [] : [{ title, measures: offered }];
  });
}

/** The roles of layers by which they are chosen, in the order in which networks have them. */
export const LAYER_ROLES = [
  'stem',
  'squeeze',
  'expand 1x1',
  'expand 3x3',
  'bypass',
  'depthwise',
  'pointwise',
  'convolution',
  'merge',
  'pool',
  'dense',
  'classifier',
] as const;
