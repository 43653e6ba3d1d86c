import type { AnalysisResult, MeasureDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { scaled, type Effect, type Effects } from './paired-effect.ts';

type ResultPlace = Pick<AnalysisResult, 'method' | 'layer' | 'role' | 'channel' | 'settings'>;

/** What something costs in a network, by which its effect is divided. */
export interface OwnCost {
  readonly parameters: number;
  readonly macs: number;
}

/** Both effects of a change. @param kind appended to the measures' names, as in `loss-added-zero` */
export function effectResults(
  place: ResultPlace,
  { accuracyLost, lossAdded }: Effects,
  kind?: string,
): AnalysisResult[] {
  const suffix = kind === undefined ? '' : `-${kind}`;
  return [
    effectResult(place, `accuracy-lost${suffix}`, accuracyLost),
    effectResult(place, `loss-added${suffix}`, lossAdded),
  ];
}

/** Both effects per 1,000 parameters and per million MACs; null where there are none. */
export function effectResultsPerCost(
  place: ResultPlace,
  { accuracyLost, lossAdded }: Effects,
  { parameters, macs }: OwnCost,
): AnalysisResult[] {
  return [
    effectResult(place, 'accuracy-lost-per-parameters', scaled(accuracyLost, 1e3 / parameters)),
    effectResult(place, 'accuracy-lost-per-macs', scaled(accuracyLost, 1e6 / macs)),
    effectResult(place, 'loss-added-per-parameters', scaled(lossAdded, 1e3 / parameters)),
    effectResult(place, 'loss-added-per-macs', scaled(lossAdded, 1e6 / macs)),
  ];
}

/** The descriptions of `effectResults`. @param words for people, of what was done: `branch at zero` */
export function effectMeasures(words: string, kind?: string): MeasureDescription[] {
  const suffix = kind === undefined ? '' : `-${kind}`;
  return [
    {
      name: `accuracy-lost${suffix}`,
      title: `Accuracy lost, ${words}`,
      kind: 'number',
      axis: 'accuracy lost',
    },
    {
      name: `loss-added${suffix}`,
      title: `Loss added, ${words}`,
      kind: 'number',
      axis: 'cross-entropy added',
    },
  ];
}

/** The descriptions of `effectResultsPerCost`. */
export function effectMeasuresPerCost(): MeasureDescription[] {
  const measure = (name: string, title: string, axis: string): MeasureDescription => ({
    ...{ name, title, axis },
    kind: 'number',
  });
  const [parameters, macs] = ['1,000 parameters', 'million MACs'];
  return [
    measure(
      'accuracy-lost-per-parameters',
      `Accuracy lost per ${parameters}`,
      `accuracy lost / ${parameters}`,
    ),
    measure('accuracy-lost-per-macs', `Accuracy lost per ${macs}`, `accuracy lost / ${macs}`),
    measure(
      'loss-added-per-parameters',
      `Loss added per ${parameters}`,
      `cross-entropy added / ${parameters}`,
    ),
    measure('loss-added-per-macs', `Loss added per ${macs}`, `cross-entropy added / ${macs}`),
  ];
}

function effectResult(place: ResultPlace, measure: string, effect: Effect | null): AnalysisResult {
  return {
    ...place,
    measure,
    value: effect?.value ?? null,
    interval: effect?.interval ?? null,
    baselines: {},
  };
}
