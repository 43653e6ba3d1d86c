import { rankedCells } from '../../../src-shared/charts/cells/best-cell.ts';
import { areCosted, type CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { fillSettings, missingFields } from '../../../src-shared/charts/fill-settings.ts';
import { fitsHeatMap } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import { chartWord } from '../../../src-shared/charts/kinds/registry.ts';
import { capital } from '../../../src-shared/charts/quantity.ts';
import { REPORT_CHARTS, type ReportChoice } from '../../../src-shared/figures/report-choice.ts';
import { isOfSteps } from '../../../src-shared/metrics/metrics.ts';
import { usualCurve } from '../../../src-shared/runs/logged-metrics.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import type { WantedFigure } from '../report-figure.ts';
import type { ReportSubject } from '../report-subject.ts';

/** Factors that have a figure each; more would be an atlas. */
const MOST_FACTORS = 4;
/** Series in one figure that are told apart. */
const MOST_SERIES = 8;
/** Cells whose curves are drawn: the best and the worst. */
const MOST_CURVES = 6;

/** The figures that suit a study: two factors as a map, each factor by itself, cost, and curves of the best and worst cells. */
function usualFigures(subject: ReportSubject): WantedFigure[] {
  const { table } = subject;
  return [...heatMap(table), ...factorFigures(table), ...costFigure(table), ...curveFigure(subject)];
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

function heatMap(table: CellTable): WantedFigure[] {
  const { quantity, varying } = table;
  const [x, y] = varying;
  if (!x || !y || !fitsHeatMap(table, { x: x.path, y: y.path })) return [];
  return [
    {
      name: 'heat-map',
      title: `${capital(quantity.title)} by ${x.title} and ${y.title}`,
      chart: { kind: 'heat map', metric: quantity.name, x: x.path, y: y.path },
    },
  ];
}

function factorFigures({ quantity, varying }: CellTable): WantedFigure[] {
  return varying.slice(0, MOST_FACTORS).map(({ path, title }, place) => {
    const line = varying.find((other) => other.path !== path && other.values.length <= MOST_SERIES) ?? null;
    const by = line === null ? '' : `, a series for each ${line.title}`;
    return {
      name: `factor-${place + 1}`,
      title: `${capital(quantity.title)} by ${title}${by}`,
      chart: { kind: 'factor', metric: quantity.name, x: path, line: line?.path ?? null },
    };
  });
}

function costFigure({ cells, quantity }: CellTable): WantedFigure[] {
  const costs = new Set(cells.map(({ parameters }) => parameters));
  if (!areCosted(cells) || costs.size < 2) return [];
  return [
    {
      name: 'cost',
      title: `${capital(quantity.title)} against parameters, with the Pareto front`,
      chart: { kind: 'cost', metric: quantity.name },
      aspect: 0.6,
    },
  ];
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
