import { factorCharts } from '../../../src-shared/charts/answer/suited-charts.ts';
import { rankedCells } from '../../../src-shared/charts/cells/best-cell.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { fillSettings, missingFields } from '../../../src-shared/charts/fill-settings.ts';
import { chartWord } from '../../../src-shared/charts/kinds/registry.ts';
import { REPORT_CHARTS, type ReportChoice } from '../../../src-shared/figures/report-choice.ts';
import { isOfSteps } from '../../../src-shared/metrics/metrics.ts';
import { usualCurve } from '../../../src-shared/runs/logged-metrics.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import type { WantedFigure } from '../report-figure.ts';
import type { ReportSubject } from '../report-subject.ts';

/** Cells whose curves are drawn: the best and the worst. */
const MOST_CURVES = 6;

/** The figures that suit a study: two factors as a map, each factor by itself, cost, and curves of the best and worst cells. */
function usualFigures(subject: ReportSubject): WantedFigure[] {
  const { table } = subject;
  return [...factorFigures(table), ...curveFigure(subject)];
}

/** The figures that were chosen, or those that suit the study. Of a kind that has no such figures it is what a new chart would be. */
export function studyFigures(
  subject: ReportSubject,
  { figures }: Pick<ReportChoice, 'figures'>,
): WantedFigure[] {
  const { table } = subject;
  if (table.cells.every(({ measured }) => measured.length === 0)) return [];
  const usual = usualFigures(subject);
  return (
    figures?.flatMap((name) => {
      const own = usual.filter(({ chart }) => chart['kind'] === name);
      return own.length > 0 ? own : [newFigure(table, name)];
    }) ?? usual
  );
}

function newFigure({ quantity, varying }: CellTable, name: string): WantedFigure {
  const kind = REPORT_CHARTS.find((each) => each.name === name);
  if (!kind) throw new Error(`there is no chart ${name}`);
  const paths = varying.map(({ path }) => path);
  const metric = kind.fields.some(({ choices }) => choices === 'metrics') ? { metric: quantity.name } : {};
  const chart = fillSettings(kind, { ...kind.begin(paths), ...metric }, paths);
  const isWhole = missingFields(kind, chart).length === 0;
  return {
    ...{ name: chartWord(kind), title: kind.title, chart: { kind: name, ...chart } },
    ...(!isWhole && { impossible: 'Too few settings vary among these runs.' }),
  };
}

function factorFigures(table: CellTable): WantedFigure[] {
  return factorCharts(table).map(({ name, title, chart }) => ({
    ...{ name, title, chart },
    ...(name === 'cost' && { aspect: 0.6 }),
  }));
}

function curveFigure({ table, chosen }: ReportSubject): WantedFigure[] {
  const metric = usualCurve(runsAt(chosen.index, chosen.rows));
  if (metric === null) return [];
  const { cells, mean } = rankedCells(table);
  const half = MOST_CURVES / 2;
  const some = cells.length > MOST_CURVES ? [...cells.slice(0, half), ...cells.slice(-half)] : null;
  return [
    {
      name: 'curves',
      title: `Training curves${some === null ? '' : ` of the ${half} best and the ${half} worst cells by ${mean}`}`,
      chart: { kind: 'curves', metric, x: isOfSteps(metric) ? 'step' : 'epoch', groupBy: ['cell'] },
      ...(some !== null && { cells: some.map(({ id }) => id) }),
    },
  ];
}
