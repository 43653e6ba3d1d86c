import { decimalSize, percent, plain, whole } from '../../src-shared/numbers.ts';
import { MEASURE_DIGITS } from '../../src-shared/charts/layers/layer-measure.ts';
import type { AnalysisResult, MeasureDescription } from '../../src-shared/analysis/analysis-result.ts';

/** A number of a measure for people; a dash where it is not defined. */
export function measureNumber(value: number | null, kind: MeasureDescription['kind']): string {
  if (value === null) return '–';
  switch (kind) {
    case 'share':
      return percent(value).replace('-', '−');
    case 'count':
      return Number.isInteger(value) ? whole(value) : inDigits(value);
    case 'bytes':
      return decimalSize(value);
    case 'number':
      return inDigits(value);
  }
}

/** `0.0733`, `1.00`, `−12.5`; from a thousand on without decimals. */
function inDigits(value: number): string {
  return plain(value, MEASURE_DIGITS).replaceAll('-', '−');
}

/** What stands beside a number: `95 % interval 0.41 to 0.48`, `untrained 0.98`. */
export function besideParts(
  { interval, baselines }: AnalysisResult,
  kind: MeasureDescription['kind'],
): string[] {
  const words = Object.entries(baselines).map(([name, value]) => `${name} ${measureNumber(value, kind)}`);
  if (interval === null) return words;
  const [low, high] = interval.map((end) => measureNumber(end, kind));
  return [`95\u00a0% interval ${low ?? ''} to ${high ?? ''}`, ...words];
}

/** The same as a sentence. */
export function besideWords(result: AnalysisResult, kind: MeasureDescription['kind']): string {
  return besideParts(result, kind).join('; ');
}

/** The names of what numbers stand beside, in the order of their marks. */
export function baselineNames(results: readonly AnalysisResult[]): string[] {
  return [...new Set(results.flatMap(({ baselines }) => Object.keys(baselines)))];
}
