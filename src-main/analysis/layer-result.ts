import type { AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';
import type { Layer } from '../../src-shared/networks/graph.ts';

type LayerFinding = Pick<AnalysisResult, 'method' | 'measure' | 'value'> &
  Partial<Pick<AnalysisResult, 'settings' | 'interval' | 'baselines' | 'channel' | 'other'>>;

/** One number about a layer: about the whole of it, without interval, baselines and settings, unless they are given. */
export function layerResult(
  { name, role }: Pick<Layer, 'name' | 'role'>,
  { value, ...finding }: LayerFinding,
): AnalysisResult {
  return {
    layer: name,
    role,
    channel: null,
    interval: null,
    baselines: {},
    settings: {},
    ...finding,
    value: value !== null && Number.isFinite(value) ? value : null,
  };
}
