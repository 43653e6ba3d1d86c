import type { ArrivingAnalysis } from '../../src-shared/analysis/arriving.ts';
import type { Host } from './host.ts';

/** What is found so far by the analysis that is being computed, for pages that connect meanwhile. */
export interface ArrivingAnalyses {
  readonly tell: (analysis: ArrivingAnalysis) => void;
  readonly list: () => readonly ArrivingAnalysis[];
}

/** Milliseconds between two tellings of what arrives. */
const PAUSE = 1000;

export function arrivingAnalyses(emit: Host['emit']): ArrivingAnalyses {
  let present: ArrivingAnalysis | null = null;
  let toldAt = -Infinity;
  return {
    tell: (analysis) => {
      const isOver = analysis.state !== 'arriving';
      present = isOver ? null : analysis;
      if (!isOver && performance.now() - toldAt < PAUSE) return;
      toldAt = performance.now();
      emit({ type: 'analysis', analysis });
    },
    list: () => (present ? [present] : []),
  };
}
