import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Store } from '../../../src-main/store/store.ts';
import { timeMetrics } from '../../../src-shared/metrics/metrics.ts';

/** What differs from one training of a run to the next. */
const TIMELY = new Set<string>([
  ...timeMetrics,
  'preparationSeconds',
  'imagesPerSecond',
  'dataWaitShare',
  'seconds',
  'peakMemoryBytes',
]);

/** Hashes of all that is the same however often a run was interrupted, by what they are of: all but times and the machine. */
export function storedBits(store: Store, run: string): Readonly<Record<string, string>> {
  const folder = store.runFolder(run);
  return {
    metrics: hashOf(timeless(store.run(run).metrics)),
    curves: hashOf(timeless(store.series(run))),
    histograms: hashOf(timeless(store.histograms(run))),
    confusion: hashOf(timeless(store.confusion(run))),
    ...Object.fromEntries(
      store.artifacts(run).map(({ file }) => [file, hashOf(weightsOf(path.join(folder, file)))]),
    ),
  };
}

function timeless(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).filter(([name]) => !TIMELY.has(name)))
      : each,
  );
}

/** Of a safetensors file what comes after its header, which names the run. */
function weightsOf(file: string): Uint8Array {
  const bytes = fs.readFileSync(file);
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE()));
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
