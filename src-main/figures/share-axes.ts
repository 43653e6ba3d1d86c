import { extent } from 'd3-array';
import type { AxisRange, ChartOption, ChartStyle } from '../../src-shared/charts/chart-style.ts';
import { type DrawnAxis, drawnAxis } from '../../src-shared/charts/drawn-axis.ts';
import type { FigureLayout } from '../../src-shared/figures/panel-schema.ts';
import { andList } from '../../src-shared/lists.ts';

/** A panel as it would be by itself. */
export interface LonePanel {
  readonly row: number;
  readonly column: number;
  /** What it is called in sentences. */
  readonly name: string;
  readonly style: ChartStyle;
  readonly option: ChartOption;
}

export interface SharedAxes {
  /** The style of each panel, with the ranges that it shares and without words that stand at the edge. */
  readonly styles: readonly ChartStyle[];
  /** Which panels cannot share an axis, in sentences. */
  readonly unmet: readonly string[];
}

/** Panels above each other share the x axis, panels side by side the y axis, where these are of the same. */
export function shareAxes(panels: readonly LonePanel[], share: FigureLayout['share']): SharedAxes {
  const styles = panels.map(({ style }) => style);
  const unmet: string[] = [];
  for (const side of ['x', 'y'] as const) {
    if (share !== side && share !== 'both') continue;
    const groups = Map.groupBy(
      panels.keys(),
      (place) => panels[place]?.[side === 'x' ? 'column' : 'row'] ?? 0,
    );
    for (const places of groups.values()) {
      const members = places.flatMap((place) => panels[place] ?? []);
      if (members.length < 2) continue;
      const axes = members.map(({ option }) => drawnAxis(option, side));
      const range = sharedRange(
        axes,
        members.map(({ style }) => style[`${side}Axis`]?.limits),
      );
      if (range === null) {
        const names = andList(members.map(({ name }) => name));
        unmet.push(`Panels ${names} do not have the same ${side} axis: each keeps its words and its range.`);
        continue;
      }
      const edge = side === 'x' ? places.at(-1) : places[0];
      for (const place of places) {
        const style = styles[place];
        if (!style) continue;
        styles[place] = {
          ...style,
          ...(range.length === 2 && { [`${side}Range`]: range }),
          [`${side}Axis`]: { ...style[`${side}Axis`], isBare: place !== edge },
        };
      }
    }
  }
  return { styles, unmet };
}

/** What axes show together, nothing where they show the same already; null where they are not of the same. */
function sharedRange(
  axes: readonly (DrawnAxis | undefined)[],
  limits: readonly (AxisRange | undefined)[],
): AxisRange | readonly [] | null {
  const [first] = axes;
  if (!first?.drawn) return null;
  const { title, names } = first.drawn;
  const areAlike = axes.every(
    (axis) =>
      axis?.drawn?.title === title &&
      axis.type === first.type &&
      axis.inverse === first.inverse &&
      JSON.stringify(axis.drawn.names) === JSON.stringify(names),
  );
  if (!areAlike) return null;
  const ends = axes.flatMap((axis) => (axis?.min === undefined || axis.max === undefined ? [] : [axis]));
  const isOne = ends.every(({ min, max }) => min === first.min && max === first.max);
  if (isOne) return [];
  // places of names that differ are places of something else; limits are exact
  if (names !== null || limits.some((limit) => limit !== undefined)) return null;
  const [low, high] = extent(ends.flatMap(({ min = NaN, max = NaN }) => [min, max]));
  return low === undefined ? null : [low, high];
}
