import { z } from 'zod';
import { type CurveMetric, curveMetrics, type RunMetric } from './metrics.ts';
import type { Direction } from './value-kind.ts';

/**
 * A metric that imported runs have and Kindling does not measure, `higher.bleu`: which values are better is part of its
 * name, so that whoever reads the name knows it. Nothing is known of its unit, range and part of the data.
 */
export type ImportedMetric = `${Direction}.${string}`;

/** Whatever a run may have a result of. */
export type AnyMetric = RunMetric | ImportedMetric;

/** Whatever may have a curve. */
export type AnyCurveMetric = CurveMetric | ImportedMetric;

/** Letters, digits, underscores and dots: what filters can read. */
const NAME = /^(higher|lower)\.([\p{L}\p{N}_](?:[\p{L}\p{N}_.]*[\p{L}\p{N}_])?)$/iu;

export const importedMetricSchema = z.custom<ImportedMetric>(
  (value) => typeof value === 'string' && isImportedMetric(value),
  'a metric that is none of Kindling’s is written as higher.NAME or lower.NAME',
);

export const curveMetricSchema = z.union([z.enum(curveMetrics), importedMetricSchema]);

/** The parts of its name, the case of `higher` aside; null for any other name. */
export function importedMetricParts(
  key: string,
): { readonly better: Direction; readonly name: string } | null {
  const [, better, name] = NAME.exec(key) ?? [];
  if (better === undefined || name === undefined) return null;
  return { better: better.toLowerCase() === 'lower' ? 'lower' : 'higher', name };
}

export function isImportedMetric(key: string): key is ImportedMetric {
  return importedMetricParts(key) !== null;
}
