import type {
  Analysis,
  AnalysisResult,
  AnalysisSettings,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';

/** A method with two measures, as analyses describe themselves. */
export const PROBE: MethodDescription = {
  name: 'probe',
  title: 'Linear probe',
  family: 'representation',
  about: 'How well a linear classifier tells the classes apart.',
  scatter: 'Intervals are over the held-out images.',
  measures: [
    {
      name: 'cross-entropy',
      title: 'Probe cross-entropy',
      kind: 'number',
      axis: 'cross-entropy / ln(classes)',
    },
    { name: 'accuracy', title: 'Probe accuracy', kind: 'share', axis: 'held-out accuracy' },
  ],
};

export function finding(
  measure: string,
  layer: string | null,
  value: number | null,
  more: Partial<AnalysisResult> = {},
): AnalysisResult {
  return {
    ...{ method: 'probe', measure, layer, value, role: 'squeeze', channel: null, interval: null },
    ...{ baselines: {}, settings: {}, ...more },
  };
}

export function analysisOf(
  run: string,
  results: readonly AnalysisResult[],
  settings: AnalysisSettings = { images: 2000 },
  createdAt = '2026-11-01T00:00:00.000Z',
): Analysis {
  const method = results[0]?.method ?? 'probe';
  return { run, method, settings, results, files: [], seconds: 1, createdAt };
}
