import type { AnalysisMethod } from '../../../src-main/analysis/method.ts';
import type { AnalysisSettings } from '../../../src-shared/analysis/analysis-result.ts';

/** Little of everything; a method takes what it has a setting of. */
const LITTLE: AnalysisSettings = {
  ...{ images: 60, fitImages: 30, retrainImages: 30, shown: 2, top: 2, channels: 2, neighbours: 5 },
  ...{ steps: 8, restarts: 2, draws: 2, permutations: 2, points: 5, retrainEpochs: 1, members: 2, trees: 5 },
  layers: 'conv1 fire5/expand3x3',
};

/**
 * A receptive field is no mean over fewer images; the randomization test draws its maps once for each layer; the channels
 * of clusters are a share of the energy.
 */
const OF_METHODS: Readonly<Record<string, AnalysisSettings>> = {
  'receptive-field': { images: 100 },
  'saliency-randomization': { images: 4 },
  clusters: { channels: 0.9 },
  'joint-lesion': { without: 'fire5/expand3x3 fire2' },
};

/** Settings with which a method has little to compute. @param others in the place of the usual ones */
export function littleSettings(method: AnalysisMethod, others: AnalysisSettings = {}): AnalysisSettings {
  const all = { ...LITTLE, ...OF_METHODS[method.name], ...others };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in method.settings.shape));
}
