import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import { mistakesProblem } from '../../../src-shared/contract/mistakes-problem.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../../src-shared/figures/figure-specification.ts';
import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { figureRuns } from '../../figures/figure-runs.ts';
import { openToRead } from '../open-to-read.ts';
import type { Store } from '../../store/store.ts';
import type { FigureKind, FigureOptions } from '../figure.ts';
import { figureFormat } from './figure-format.ts';
import { indexNamedRuns } from './index-named-runs.ts';
import { writeFigure } from './write-figure.ts';

/** Draws a figure as the options say it. @throws Problem */
export async function drawFigure(file: string, kind: FigureKind, options: FigureOptions): Promise<void> {
  const format = figureFormat(options.output, options.format, kind);
  const store = openToRead(file);
  try {
    const index = indexNamedRuns(store);
    const specification = specify(store, index, kind, options);
    await writeFigure(store, index, specification, { output: options.output, format });
  } finally {
    store.close();
  }
}

function specify(
  store: Store,
  index: RunIndex,
  kind: FigureKind,
  options: FigureOptions,
): FigureSpecification {
  const source = sourceOf(options);
  const said = { source, chart: chartOf(store, index, kind, options, source), style: styleOf(options) };
  const result = checkInput(figureSpecificationSchema, said);
  if (result.ok) return result.value;
  throw mistakesProblem('usage', result.mistakes, 'Cannot draw the figure:');
}

function sourceOf({ study, filter, runs }: FigureOptions): FigureSpecification['source'] {
  const given = [study, filter, runs].filter((source) => source !== undefined).length;
  if (given !== 1)
    throw new Problem('usage', 'No runs given: use one of --study NAME, --filter TEXT and --runs ID...');
  if (study !== undefined) return { kind: 'study', study };
  if (filter !== undefined) return { kind: 'filter', filter };
  return { kind: 'runs', runs: [...(runs ?? [])] };
}

function chartOf(
  store: Store,
  index: RunIndex,
  kind: FigureKind,
  options: FigureOptions,
  source: FigureSpecification['source'],
): unknown {
  const metric = options.metric === undefined ? {} : { metric: options.metric };
  const varying = (): string[] => {
    return cellTableOf(figureRuns(store, index, source), 'testAccuracy').varying.map(({ path }) => path);
  };
  switch (kind) {
    case 'heat-map': {
      const [x, y] = twoSettings(options, options.x && options.y ? [] : varying());
      return { kind: 'heat map', ...metric, x, y, marginals: options.marginals };
    }
    case 'factor': {
      const x = options.x ?? varying()[0];
      if (x === undefined)
        throw new Problem(
          'usage',
          'No setting varies among these runs: there is nothing to put on the x axis.',
        );
      return { kind, ...metric, x, line: options.line ?? null };
    }
    case 'cost':
      return { kind, ...metric, cost: options.cost, front: options.front, logX: options.linearX !== true };
    case 'curves': {
      const { x, members, logX, logY, groupBy, smoothing } = options;
      const weight = smoothing === undefined ? undefined : Number(smoothing);
      return {
        kind,
        metric: options.metric ?? 'validationAccuracy',
        x,
        members,
        logX,
        logY,
        groupBy,
        smoothing: weight,
      };
    }
    case 'differences':
      return { kind, ...metric, baseline: options.baseline };
    case 'parallel':
      return { kind, ...metric, columns: options.columns ?? [...varying(), 'parameters'] };
    case 'confusion':
      return { kind, perRun: options.perRun };
    case 'depth': {
      const { measure = 'probe/cross-entropy', roles, x, line, baselines } = options;
      return { kind, measure, roles, x, line, baselines };
    }
    case 'layer-map':
      return { kind: 'layer map', measure: options.measure ?? 'dimension/saturation', roles: options.roles };
    case 'layer-pairs':
      return { kind: 'layer pairs', measure: options.measure, roles: options.roles };
    case 'landscape':
      return { kind, line: options.line, baselines: options.baselines };
    case 'channels':
      return { kind, measure: options.measure, layer: options.layer };
    case 'taps':
    case 'compression':
      return { kind };
    case 'table':
      return { kind, ...metric };
    case 'anova': {
      const [x, y] = twoSettings(options, options.x && options.y ? [] : varying());
      return { kind, ...metric, x, y };
    }
  }
}

function twoSettings({ x, y }: FigureOptions, varying: readonly string[]): readonly [string, string] {
  const first = x ?? varying.find((path) => path !== y);
  const second = y ?? varying.find((path) => path !== first);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new Problem('usage', 'Fewer than two settings vary among these runs: choose two with --x and --y.');
}

function styleOf({ width, aspect, font, fontSize, title, notes, dpi }: FigureOptions): unknown {
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number(text);
  const millimetres = Number(width);
  const measured = width !== undefined && !Number.isNaN(millimetres);
  return {
    ...(measured ? { width: 'custom', widthMillimetres: millimetres } : { width }),
    ...{ aspect: number(aspect), font, fontSize: number(fontSize), title, notes, dpi: number(dpi) },
  };
}
