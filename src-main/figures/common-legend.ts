import type { LegendEntry } from '../../src-shared/charts/chart-style.ts';

/** The legends of panels as one. */
export type CommonLegend =
  | { readonly entries: readonly LegendEntry[] }
  /** What means one thing in a panel and another elsewhere. */
  | { readonly differs: string };

/** Each entry once, under the name of what it tells apart. @param legends one a panel */
export function commonLegend(legends: readonly (readonly LegendEntry[])[]): CommonLegend {
  const groups = new Map<string, Map<string, LegendEntry>>();
  for (const legend of legends) {
    let group = '';
    for (const entry of legend) {
      if (!entry.mark) {
        group = entry.label;
        continue;
      }
      const known = groups.get(group) ?? new Map<string, LegendEntry>();
      groups.set(group, known);
      const before = known.get(entry.label);
      if (before && look(before) !== look(entry)) return { differs: entry.label };
      known.set(entry.label, before ?? entry);
    }
  }
  return {
    entries: [...groups].flatMap(([name, entries]) => [
      ...(name === '' ? [] : [{ label: name, mark: null }]),
      ...entries.values(),
    ]),
  };
}

function look({ mark }: LegendEntry): string {
  return JSON.stringify(mark?.draw([0, 0]));
}
