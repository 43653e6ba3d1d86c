import type { FactorValue, Factors } from '../../../src-shared/studies/cell.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import {
  DATA_CLASS_TENSOR,
  DT_FLOAT,
  DT_STRING,
  encodeHyperParameters,
  type HyperParameters,
  type SummaryValue,
} from '../../event-files/event-schema.ts';

/** A text for TensorBoard's page Text, as a block of code. */
export function textValue(tag: string, text: string): SummaryValue {
  const lines = text.split('\n').map((line) => `    ${line}`);
  return {
    tag,
    tensor: {
      dtype: DT_STRING,
      tensor_shape: { dim: [] },
      string_val: [Buffer.from(lines.join('\n'))],
    },
    metadata: {
      plugin_data: { plugin_name: 'text', content: new Uint8Array() },
      data_class: DATA_CLASS_TENSOR,
    },
  };
}

/** The run's factors for TensorBoard's page HParams, which groups the seeds of a cell. */
export function startValue(run: RunRecord, startSeconds: number): SummaryValue {
  return hyperParametersValue('_hparams_/session_start_info', {
    session_start_info: {
      hparams: hyperParametersOf(run.factors),
      group_name: `${run.study}/${run.cell}`,
      start_time_secs: startSeconds,
    },
  });
}

export function endValue(run: RunRecord, endSeconds: number): SummaryValue {
  const status = run.state === 'complete' ? 1 : run.state === 'failed' ? 2 : 0;
  return hyperParametersValue('_hparams_/session_end_info', {
    session_end_info: { status, end_time_secs: endSeconds },
  });
}

/** The message stands in the metadata; the plugin wants an empty tensor beside it. */
function hyperParametersValue(tag: string, data: HyperParameters): SummaryValue {
  return {
    tag,
    tensor: { dtype: DT_FLOAT, tensor_shape: { dim: [{ size: 0 }] } },
    metadata: {
      plugin_data: { plugin_name: 'hparams', content: encodeHyperParameters(data) },
      data_class: DATA_CLASS_TENSOR,
    },
  };
}

function hyperParametersOf(factors: Factors) {
  return Object.fromEntries(Object.entries(factors).map(([path, value]) => [path, hyperParameter(value)]));
}

function hyperParameter(value: FactorValue) {
  if (typeof value === 'number') return { number_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  return { string_value: typeof value === 'string' ? value : JSON.stringify(value) };
}
