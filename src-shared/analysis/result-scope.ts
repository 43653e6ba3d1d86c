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

/** Of what a chart by layers draws a measure: of channels the mean over each layer's. */
export const LAYER_SCOPES = ['layer', 'pair of runs', 'channel', 'network'] as const satisfies ResultScope[];

/** The first of the scopes that the measure has numbers of; null where it has none of them. */
export function drawnScope(scopes: readonly ResultScope[], measure: MeasureDescription): ResultScope | null {
  return scopes.find((scope) => scopesOf(measure).includes(scope)) ?? null;
}
