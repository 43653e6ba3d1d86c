import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type StepHistograms, stepHistogramsSchema } from '../../src-shared/metrics/layer-histograms.ts';

/** What was recorded at a step, as deflated JSON: 250 bytes for a histogram of 150 bins. */
export function packHistograms(layers: StepHistograms['layers']): Buffer {
  return deflateRawSync(Buffer.from(JSON.stringify(layers)));
}

/** The inverse of `packHistograms`. */
export function unpackHistograms(data: Uint8Array): StepHistograms['layers'] {
  return JSON.parse(inflateRawSync(data).toString('utf8')) as StepHistograms['layers'];
}

/** No step of any network has more. */
const MOST_BYTES = 50e6;

/** Whether this is what `packHistograms` makes, wherever it comes from. */
export function areHistograms(data: Uint8Array): boolean {
  try {
    const text = inflateRawSync(data, { maxOutputLength: MOST_BYTES }).toString('utf8');
    return stepHistogramsSchema.shape.layers.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
