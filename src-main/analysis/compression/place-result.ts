import type { AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import type { Layer } from '../../../src-shared/networks/graph.ts';

/** A layer, or the whole network. */
export type Place = Pick<Layer, 'name' | 'role'> | null;

type Finding = Pick<AnalysisResult, 'method' | 'measure' | 'value'> &
  Partial<Pick<AnalysisResult, 'settings' | 'interval' | 'baselines'>>;

/** One number about a layer or about the whole network, without interval, baselines and settings unless given. */
export function placeResult(place: Place, finding: Finding): AnalysisResult {
  return {
    layer: place?.name ?? null,
    role: place?.role ?? null,
    channel: null,
    interval: null,
    baselines: {},
    settings: {},
    ...finding,
  };
}
