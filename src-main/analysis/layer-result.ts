import type { AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';

/** What a number is about: a layer, or what has a name like one (a module, a branch); null for the whole network. */
export type Place = { readonly name: string; readonly role: string | null } | null;

/** A result before its method is known: whoever runs the method says whose it is. */
export type LayerResult = Omit<AnalysisResult, 'method'>;

type Finding = Pick<LayerResult, 'measure' | 'value'> &
  Partial<Pick<LayerResult, 'settings' | 'interval' | 'baselines' | 'channel' | 'other'>>;

/**
 * One number about a place: about the whole of it, without interval, baselines and settings, unless they are given. What
 * is not finite is not defined.
 */
export function layerResult(
  place: Place,
  { value, interval = null, baselines = {}, ...finding }: Finding,
): LayerResult {
  return {
    layer: place?.name ?? null,
    role: place?.role ?? null,
    channel: null,
    settings: {},
    ...finding,
    value: finite(value),
    interval: interval?.every(Number.isFinite) === true ? interval : null,
    baselines: Object.fromEntries(Object.entries(baselines).map(([name, each]) => [name, finite(each)])),
  };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
