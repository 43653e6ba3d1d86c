import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { type Chart, isDrawn } from '../../src-shared/charts/chart.ts';
import { type ChartSource, sourceOfRuns } from '../../src-shared/charts/chart-source.ts';
import { fitsHeatMap } from '../../src-shared/charts/kinds/heat-map/data.ts';
import { type FigureChart, gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import { capital } from '../../src-shared/charts/quantity.ts';
import { figureSpecificationSchema } from '../../src-shared/figures/figure-specification.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import type { AnyMetric } from '../../src-shared/metrics/imported-metric.ts';
import { shownRuns } from './figure-runs.ts';
import { provenanceOf } from './provenance.ts';
import { svgFigure } from './svg-figure.ts';

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
export async function studyFigures(
  runs: ChosenRuns,
  study: { readonly name: string; readonly dataset: string },
  metric: AnyMetric = 'testAccuracy',
): Promise<StudyFigure[]> {
  const source = sourceOfRuns(runs);
  const table = source.cells(metric);
  const accuracy = capital(table.quantity.title);
  const wanted = [...firstFigure(table, accuracy), ...costFigure(table, accuracy)];
  return Promise.all(
    wanted.map(async ({ file, chart, title, aspect }) => {
      const specification = figureSpecificationSchema.parse({
        ...{ source: { kind: 'study', study: study.name }, chart },
        style: {
          ...{ width: 'two columns', aspect, fontSize: 9 },
          title: `${title} (${[study.name, study.dataset].filter(Boolean).join(', ')})`,
        },
      });
      const drawn = await drawingOf(specification.chart, source);
      return { file, svg: svgFigure(drawn, provenanceOf(specification, shownRuns(runs), drawn.notes)) };
    }),
  );
}

interface WantedFigure {
  readonly file: string;
  /** As a specification says it. */
  readonly chart: unknown;
  readonly aspect: number;
  readonly title: string;
}

/** None where no cost is known. */
function costFigure({ cells, quantity }: CellTable, accuracy: string): WantedFigure[] {
  if (cells.every(({ parameters }) => parameters === null)) return [];
  const chart = { kind: 'cost', metric: quantity.name };
  return [{ file: 'accuracy-parameters.svg', chart, aspect: 0.6, title: `${accuracy} against parameters` }];
}

function firstFigure(table: CellTable, accuracy: string): WantedFigure[] {
  const [x, y] = table.varying;
  const metric = table.quantity.name;
  if (!x) return [];
  const aspect = 0.55;
  if (y && fitsHeatMap(table, { x: x.path, y: y.path })) {
    return [
      {
        ...{ file: 'heat-map.svg', chart: { kind: 'heat map', x: x.path, y: y.path, metric }, aspect },
        title: `${accuracy} by ${x.title} and ${y.title}`,
      },
    ];
  }
  const chart = { kind: 'factor', x: x.path, metric };
  return [{ file: 'factor.svg', chart, aspect, title: `${accuracy} by ${x.title}` }];
}

async function drawingOf(chart: FigureChart, source: ChartSource): Promise<Chart> {
  const numbers = await gatherChart(chart, source);
  if (isDrawn(numbers)) return numbers;
  throw new Error(`${chart.kind} is not drawn`);
}
