import type { AnalysisResult, MeasureDescription } from './analysis-result.ts';

/** What one number is of: the network, a layer, a channel of it, two layers of one run, or one layer in two runs. */
export type ResultScope = 'network' | 'layer' | 'channel' | 'pair of layers' | 'pair of runs';

/** @param run whose analysis has the result */
export function scopeOf(run: string, { layer, channel, other }: AnalysisResult): ResultScope {
  if (other !== undefined) return other.run === run ? 'pair of layers' : 'pair of runs';
  if (channel !== null) return 'channel';
  return layer === null ? 'network' : 'layer';
}

/** What the numbers of a measure are of; most are of layers, and do not say so. */
export function scopesOf({ scopes = ['layer'] }: MeasureDescription): readonly ResultScope[] {
  return scopes;
}
