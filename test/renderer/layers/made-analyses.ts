import type {
  Analysis,
  AnalysisResult,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';

/** A method with more measures than it has told of. */
export const METHOD: MethodDescription = {
  ...{ name: 'probe', title: 'Linear probe', family: 'representation', about: 'How well it tells.' },
  scatter: 'No intervals.',
  measures: [
    { name: 'accuracy', title: 'Accuracy', kind: 'share', axis: 'accuracy' },
    { name: 'gap', title: 'Gap', kind: 'number', axis: 'gap' },
    { name: 'unused', title: 'Unused', kind: 'number', axis: 'nothing' },
  ],
};

export function result(layer: string | null, changes: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    ...{ method: 'probe', measure: 'accuracy', layer, role: null, channel: null, value: 0.5 },
    ...{ interval: null, baselines: {}, settings: {}, ...changes },
  };
}

/** Of the run `r`. */
export function analysis(results: readonly AnalysisResult[], changes: Partial<Analysis> = {}): Analysis {
  return {
    ...{ run: 'r', method: 'probe', settings: {}, results, files: [], seconds: 1 },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', ...changes },
  };
}
