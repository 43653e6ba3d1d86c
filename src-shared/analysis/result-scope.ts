import type { AnalysisResult, MeasureDescription, ResultScope } from './analysis-result.ts';

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
