import type { LayerHistogram } from '../../../src-shared/metrics/layer-histograms.ts';
import { valueStretches } from '../../../src-shared/statistics/value-histogram.ts';
import { DATA_CLASS_TENSOR, DT_DOUBLE, type SummaryValue } from '../../event-files/event-schema.ts';

/** For TensorBoard's pages Histograms and Distributions: [bins, 3], of each bin both ends and the count; what is not finite is left out. */
export function histogramValue(histogram: LayerHistogram): SummaryValue {
  const bins = valueStretches(histogram);
  return {
    tag: `${histogram.of}/${histogram.layer}`,
    tensor: {
      dtype: DT_DOUBLE,
      tensor_shape: { dim: [{ size: bins.length }, { size: 3 }] },
      double_val: bins.flatMap(({ low, high, count }) => [low, high, count]),
    },
    metadata: {
      plugin_data: { plugin_name: 'histograms', content: new Uint8Array() },
      data_class: DATA_CLASS_TENSOR,
    },
  };
}
