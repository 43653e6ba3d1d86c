import { areCosted, type CellTable, isWholeGrid } from '../cells/measured-cell.ts';
import { fitsHeatMap } from '../kinds/heat-map/data.ts';
import { type FigureChart, figureChartSchema } from '../kinds/registry.ts';
import { capital } from '../quantity.ts';

/** A chart that suits the factors of a study. */
export interface SuitedChart {
  /** Tells it from the others; also the name of a file. */
  readonly name: string;
  /** For a button. */
  readonly word: string;
  /** What it shows, in a sentence's words. */
  readonly title: string;
  readonly chart: FigureChart;
}

/** Factors that have a chart each; more would be an atlas. */
const MOST_FACTORS = 4;
/** Series in one chart that are told apart. */
const MOST_SERIES = 8;

/** Two factors as a map, each factor by itself, and cost; those for which the study has something to show. */
export function factorCharts(table: CellTable): SuitedChart[] {
  return [...heatMap(table), ...lines(table), ...cost(table)];
}

/**
 * The charts that show the answer of a study, the one that suits its factors first: means along a factor, a map of two factors, the
 * effects of more, and cost where cells are a list or a sample. Empty where nothing varies.
 */
export function answerCharts(table: CellTable): SuitedChart[] {
  const { varying } = table;
  if (varying.length < 2) return factorCharts(table);
  const [map, along, costs] = [heatMap(table), lines(table), cost(table)];
  if (varying.length === 2) return [...map, ...along, ...effects(table), ...costs];
  return isWholeGrid(table) ? [...effects(table), ...map, ...along, ...costs] : [...costs, ...along, ...map];
}

function heatMap(table: CellTable): SuitedChart[] {
  const { quantity, varying } = table;
  const [x, y] = varying;
  if (!x || !y || !fitsHeatMap(table, { x: x.path, y: y.path })) return [];
  return [
    suited('heat-map', 'Heat map', `${capital(quantity.title)} by ${x.title} and ${y.title}`, {
      ...{ kind: 'heat map', metric: quantity.name, x: x.path, y: y.path },
    }),
  ];
}

function lines({ quantity, varying }: CellTable): SuitedChart[] {
  return varying.slice(0, MOST_FACTORS).map(({ path, title, short }, place) => {
    const line = varying.find((other) => other.path !== path && other.values.length <= MOST_SERIES) ?? null;
    const by = line === null ? '' : `, a series for each ${line.title}`;
    return suited(`factor-${place + 1}`, `By ${short}`, `${capital(quantity.title)} by ${title}${by}`, {
      ...{ kind: 'factor', metric: quantity.name, x: path, line: line?.path ?? null },
    });
  });
}

function effects({ quantity }: CellTable): SuitedChart[] {
  return [
    suited('effects', 'Effects', `Effects on ${quantity.title}`, { kind: 'effects', metric: quantity.name }),
  ];
}

function cost({ cells, quantity }: CellTable): SuitedChart[] {
  const costs = new Set(cells.map(({ parameters }) => parameters));
  if (!areCosted(cells) || costs.size < 2) return [];
  return [
    suited('cost', 'Cost', `${capital(quantity.title)} against parameters, with the Pareto front`, {
      ...{ kind: 'cost', metric: quantity.name },
    }),
  ];
}

function suited(name: string, word: string, title: string, chart: unknown): SuitedChart {
  return { name, word, title, chart: figureChartSchema.parse(chart) };
}
