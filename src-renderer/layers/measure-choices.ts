import type { MeasureDescription, MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { measureKey } from '../../src-shared/charts/layers/layer-measure.ts';

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly { readonly key: string; readonly title: string }[];
}

/** Measures by their methods, for a list to choose from: those of the known methods, and the one that is chosen. */
export function measureChoices(
  methods: readonly MethodDescription[],
  isKnown: (method: string) => boolean,
  chosen: string,
): MeasureGroup[] {
  return methods.flatMap(({ name, title, measures }) => {
    const shown = measures.map((measure) => ({
      key: measureKey(name, measure.name),
      title: titleOf(measure),
    }));
    const offered = isKnown(name) ? shown : shown.filter(({ key }) => key === chosen);
    return offered.length === 0 ? [] : [{ title, measures: offered }];
  });
}

function titleOf({ title }: MeasureDescription): string {
  return title;
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
