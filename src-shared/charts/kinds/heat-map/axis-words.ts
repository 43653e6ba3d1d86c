import type { ChartStyle } from '../../chart-style.ts';
import { groupTicks } from '../../axis-groups.ts';
import { textWidth } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import { axesOf, type HeatAxis, type HeatMapData } from './data.ts';

/** Whether nothing is written at an axis. */
export function isSilent(data: HeatMapData, side: 'x' | 'y', style: ChartStyle): boolean {
  return data[side].isSilent === true || style[`${side}Axis`]?.isBare === true;
}

interface Along {
  readonly side: 'x' | 'y';
  /** Of the axis. */
  readonly length: number;
  readonly fontSize: number;
}

interface AxisWords {
  /** One for each place; empty where it has none. */
  readonly labels: readonly string[];
  readonly isTilted: boolean;
}

/** What stands at the places: the names of these where they have room, or of their groups, or some of the names, tilted. */
export function wordsAlong(
  { labels, groups }: HeatAxis,
  data: HeatMapData,
  { side, length, fontSize }: Along,
): AxisWords {
  const all = [...labels, ...marginalLabels(data)];
  const spacing = length / all.length;
  const needed = side === 'x' ? widest(all, fontSize) + 0.3 * fontSize : fontSize;
  if (spacing >= needed) return { labels: all, isTilted: false };
  if (groups) {
    const ticks = groupTicks(groups, spacing, fontSize, side === 'x' ? 'level' : 'upright');
    const named = new Map(ticks.map(({ at, label }) => [Math.floor(at), label]));
    return { labels: all.map((_, place) => named.get(place) ?? ''), isTilted: false };
  }
  // labels that lie level side by side are as wide as their words and have room, or are tilted
  const isTilted = side === 'x';
  return { labels: thinLabels(all, spacing, fontSize, isTilted), isTilted };
}

/** Of the columns of all panels. */
export function labelHeight(data: HeatMapData, length: number, fontSize: number): number {
  const heights = data.panels.map((panel) => {
    const words = wordsAlong(axesOf(data, panel).x, data, { side: 'x', length, fontSize });
    return words.isTilted
      ? 0.71 * (widest([...data.x.labels, ...marginalLabels(data)], fontSize) + fontSize)
      : fontSize;
  });
  return Math.max(...heights);
}

export function widest(labels: readonly string[], fontSize: number): number {
  return Math.max(...labels.map((label) => textWidth(label, fontSize)));
}

/** Of the rows of all panels. */
export function widestLabel(data: HeatMapData, length: number, fontSize: number): number {
  const words = data.panels.flatMap(
    (panel) => wordsAlong(axesOf(data, panel).y, data, { side: 'y', length, fontSize }).labels,
  );
  return widest(words, fontSize);
}

/** Marginal means stand above and at the right, where the values rise to. */
export function marginalLabels({ marginals }: HeatMapData): string[] {
  return marginals ? ['mean'] : [];
}
