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
      const both = before ? standingForBoth(before, entry) : entry;
      if (!both) return { differs: entry.label };
      known.set(entry.label, both);
    }
  }
  return {
    entries: [...groups].flatMap(([name, entries]) => [
      ...(name === '' ? [] : [{ label: name, mark: null }]),
      ...entries.values(),
    ]),
  };
}

/**
 * Of a line that has symbols or dashes in one panel and its colour alone in the other the plain one, which is what both have; null for
 * marks that differ otherwise.
 */
function standingForBoth(one: LegendEntry, other: LegendEntry): LegendEntry | null {
  const [first, second] = [partsOf(one), partsOf(other)];
  if (JSON.stringify(first) === JSON.stringify(second)) return one;
  const [plain, rich] = isPlain(first) ? [one, second] : [other, first];
  const [line] = partsOf(plain);
  const isOfOneColour = rich[0]?.type === 'line' && rich[0].style.stroke === line?.style.stroke;
  return isPlain(partsOf(plain)) && isOfOneColour ? plain : null;
}

interface MarkPart {
  readonly type: string;
  readonly style: { readonly stroke?: string; readonly lineDash?: unknown };
}

function isPlain([line, ...others]: readonly MarkPart[]): boolean {
  return line?.type === 'line' && line.style.lineDash === undefined && others.length === 0;
}

/** Of which an entry's mark is drawn. */
function partsOf({ mark }: LegendEntry): readonly MarkPart[] {
  const drawn = mark?.draw([0, 0]) ?? {};
  const { children = [drawn] } = drawn as { readonly children?: readonly unknown[] };
  return children as readonly MarkPart[];
}
