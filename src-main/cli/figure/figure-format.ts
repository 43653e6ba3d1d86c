import { extname } from 'node:path';
import type { ChartKind } from '../../../src-shared/charts/chart-kind.ts';
import type { FigureFormat } from '../../figures/formats/format.ts';
import { formatNamed, formatOfEnding } from '../../figures/formats/registry.ts';

/** The format of a figure's file, by its ending unless it is said. @throws Problem `usage` for what there is not */
export function figureFormat(output: string, said: string | undefined, kind: ChartKind): FigureFormat {
  if (said !== undefined) return formatNamed(said);
  return formatOfEnding(extname(output).slice(1).toLowerCase(), kind);
}
