import type { MeasureDescription } from '../../../src-shared/analysis/analysis-result.ts';
import { layerResult, type LayerResult, type Place } from '../layer-result.ts';
import { scaled, type Effect, type Effects } from './paired-effect.ts';

/** What all numbers of a change have in common. */
type Shared = Pick<LayerResult, 'settings'> & Partial<Pick<LayerResult, 'channel'>>;

/** What something costs in a network, by which its effect is divided. */
export interface OwnCost {
  readonly parameters: number;
  readonly macs: number;
}

const EFFECTS = [
  {
    name: 'accuracy-lost',
    title: 'Accuracy lost',
    axis: 'accuracy lost',
    range: 'signed share',
    of: ({ accuracyLost }: Effects) => accuracyLost,
  },
  {
    name: 'loss-added',
    title: 'Loss added',
    axis: 'cross-entropy added',
    range: 'any',
    of: ({ lossAdded }: Effects) => lossAdded,
  },
] as const;

const COSTS = [
  { name: 'parameters', unit: '1,000 parameters', of: ({ parameters }: OwnCost) => parameters / 1e3 },
  { name: 'macs', unit: 'million MACs', of: ({ macs }: OwnCost) => macs / 1e6 },
] as const;

/** Both effects of a change. @param kind appended to the measures' names, as in `loss-added-zero` */
export function effectResults(place: Place, shared: Shared, effects: Effects, kind?: string): LayerResult[] {
  return EFFECTS.map(({ name, of }) => effectResult(place, shared, nameOf(name, kind), of(effects)));
}

/** Both effects per 1,000 parameters and per million MACs, as `loss-added-zero-per-macs`; null where there are none. */
export function effectResultsPerCost(
  place: Place,
  shared: Shared,
  effects: Effects,
  own: OwnCost,
  kind?: string,
): LayerResult[] {
  return EFFECTS.flatMap(({ name, of }) =>
    COSTS.map((cost) =>
      effectResult(
        place,
        shared,
        `${nameOf(name, kind)}-per-${cost.name}`,
        scaled(of(effects), 1 / cost.of(own)),
      ),
    ),
  );
}

/** The descriptions of `effectResults`. @param words for people, of what was done: `zero ablation` */
export function effectMeasures(words: string, kind?: string): MeasureDescription[] {
  return EFFECTS.map(({ name, title, axis, range }) => ({
    name: nameOf(name, kind),
    title: `${title}, ${words}`,
    kind: 'number',
    axis,
    range,
  }));
}

/** The descriptions of `effectResultsPerCost`. */
export function effectMeasuresPerCost(words: string, kind?: string): MeasureDescription[] {
  return EFFECTS.flatMap(({ name, title, axis }) =>
    COSTS.map((cost) => ({
      name: `${nameOf(name, kind)}-per-${cost.name}`,
      title: `${title} per ${cost.unit}, ${words}`,
      kind: 'number' as const,
      axis: `${axis} / ${cost.unit}`,
    })),
  );
}

function nameOf(effect: string, kind: string | undefined): string {
  return kind === undefined ? effect : `${effect}-${kind}`;
}

function effectResult(place: Place, shared: Shared, measure: string, effect: Effect | null): LayerResult {
  const { value = null, interval = null } = effect ?? {};
  return layerResult(place, { ...shared, measure, value, interval });
}
