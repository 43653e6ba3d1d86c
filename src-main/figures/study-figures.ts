import { cellTableOf } from '../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { chartNotes, type Chart } from '../../src-shared/charts/chart.ts';
import { costData } from '../../src-shared/charts/cost/data.ts';
import { factorData } from '../../src-shared/charts/factor/data.ts';
import { fitsHeatMap, heatMapData } from '../../src-shared/charts/heat-map/data.ts';
import { capital } from '../../src-shared/charts/quantity.ts';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../src-shared/figures/figure-specification.ts';
import { requireColumn } from '../../src-shared/runs/resolve-column.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import { shownRuns } from './figure-runs.ts';
import { provenanceOf, svgFigure } from './svg-figure.ts';

export interface StudyFigure {
  /** Name of the file it is meant for. */
  readonly file: string;
  readonly svg: string;
}

/**
 * The figures of a study: `heat-map.svg` of its first two settings that vary, or `factor.svg` where one varies or the
 * values are too many for a map, and `accuracy-parameters.svg`.
 *
 * @param study its name and data set.
 */
export function studyFigures(
  runs: ChosenRuns,
  study: { readonly name: string; readonly dataset: string },
): StudyFigure[] {
  const table = cellTableOf(runs, 'testAccuracy');
  const ids = shownRuns(runs);
  const draw = (file: string, chart: Chart, said: unknown, title: string, aspect: number): StudyFigure => {
    const style = {
      width: 'two columns',
      aspect,
      fontSize: 9,
      title: `${title} (${study.name}, ${study.dataset})`,
    };
    const source = { kind: 'study', study: study.name };
    const specification: FigureSpecification = figureSpecificationSchema.parse({
      source,
      chart: said,
      style,
    });
    return { file, svg: svgFigure(chart, provenanceOf(specification, ids, chartNotes(chart))) };
  };
  const title = capital(table.quantity.title);
  const cost = requireColumn('parameters');
  const against = {
    chart: { kind: 'cost', data: costData(runs.index, table, cost), look: { front: true, logX: true } },
    said: { kind: 'cost' },
  } as const;
  const first = firstFigure(table);
  return [
    ...(first ? [draw(first.file, first.chart, first.said, `${title} by ${first.by}`, 0.55)] : []),
    draw('accuracy-parameters.svg', against.chart, against.said, `${title} against parameters`, 0.6),
  ];
}

interface FirstFigure {
  readonly file: string;
  readonly chart: Chart;
  /** As a specification says it. */
  readonly said: unknown;
  readonly by: string;
}

function firstFigure(table: CellTable): FirstFigure | null {
  const [x, y] = table.varying;
  if (!x) return null;
  if (y && fitsHeatMap(table, { x: x.path, y: y.path })) {
    const settings = { x: x.path, y: y.path, marginals: true };
    return {
      file: 'heat-map.svg',
      chart: { kind: 'heat map', data: heatMapData(table, settings) },
      said: { kind: 'heat map', ...settings },
      by: `${x.title} and ${y.title}`,
    };
  }
  const settings = { x: x.path, line: null };
  return {
    file: 'factor.svg',
    chart: { kind: 'factor', data: factorData(table, settings) },
    said: { kind: 'factor', ...settings },
    by: x.title,
  };
}
