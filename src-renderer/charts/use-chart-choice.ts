import type { WritableComputedRef } from 'vue';
import { type FigureChart, figureChartSchema } from '../../src-shared/charts/kinds/registry.ts';
import { useChoice } from '../components/use-query.ts';

/** The settings of a chart of one kind, of which the address has those that are not usual. */
export function useChartChoice(name: string, usual: () => FigureChart): WritableComputedRef<FigureChart> {
  return useChoice(
    name,
    usual,
    (text) => {
      const settings: unknown = parsed(text);
      const read = figureChartSchema.safeParse({ ...usual(), ...(settings as object) });
      return read.success && read.data.kind === usual().kind ? read.data : null;
    },
    (chart) => {
      const before: Readonly<Record<string, unknown>> = usual();
      const changed = Object.entries(chart).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
      );
      return changed.length === 0 ? '' : JSON.stringify(Object.fromEntries(changed));
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
