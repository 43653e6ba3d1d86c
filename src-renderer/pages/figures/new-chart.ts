import { assertNever } from '../../../src-shared/assert-never.ts';
import type { VaryingSetting } from '../../../src-shared/charts/cells/measured-cell.ts';
import { figureChartSchema, type FigureChart } from '../../../src-shared/figures/figure-specification.ts';
import type { ChartKind } from './chart-kinds.ts';

/** What another kind of chart keeps of the present one, and the settings that vary among the runs. */
export interface ChartSurroundings {
  readonly metric: string;
  readonly varying: readonly VaryingSetting[];
}

/** The kind that shows most of what varies. */
export function likelyKind(varying: readonly VaryingSetting[]): ChartKind {
  if (varying.length >= 2) return 'heat map';
  return varying.length === 1 ? 'factor' : 'curves';
}

/** A chart of this kind with the defaults that suit the runs. */
export function newChart(kind: ChartKind, { metric, varying }: ChartSurroundings): FigureChart {
  const [x = 'network.sr', y = 'network.pct3x3'] = varying.map(({ path }) => path);
  switch (kind) {
    case 'curves':
      return figureChartSchema.parse({ kind, metric: 'validationAccuracy', groupBy: ['cell'] });
    case 'heat map':
    case 'anova':
      return figureChartSchema.parse({ kind, metric, x, y });
    case 'factor':
      return figureChartSchema.parse({ kind, metric, x, line: varying[1]?.path ?? null });
    case 'parallel': {
      const columns = [...varying.map(({ path }) => path), 'parameters', 'macs'];
      return figureChartSchema.parse({ kind, metric, columns });
    }
    case 'confusion':
    case 'layer pairs':
    case 'taps':
    case 'compression':
      return figureChartSchema.parse({ kind });
    case 'depth':
      return figureChartSchema.parse({
        ...{ kind, measure: 'probe/cross-entropy', line: varying[0]?.path ?? null },
      });
    case 'layer map':
      return figureChartSchema.parse({ kind, measure: 'probe/cross-entropy' });
    case 'landscape':
      return figureChartSchema.parse({ kind, line: varying[0]?.path ?? null });
    case 'channels':
      return figureChartSchema.parse({ kind, layer: 'fire2/squeeze' });
    case 'cost':
    case 'differences':
    case 'table':
      return figureChartSchema.parse({ kind, metric });
    default:
      return assertNever(kind);
  }
}
