import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { ChartKind, ChartSettings } from '../../../src-shared/charts/chart-kind.ts';
import { fillSettings, missingFields } from '../../../src-shared/charts/fill-settings.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { optionOf } from '../../../src-shared/figures/chart-options.ts';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import type { ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import { usualMetric } from '../../../src-shared/runs/usual-metric.ts';
import { figureRuns } from '../../figures/figure-runs.ts';
import { openToRead } from '../open-to-read.ts';
import { givenValue } from './field-option.ts';
import { checkedFigure } from './read-specification.ts';
import { figureFormat } from './figure-format.ts';
import { figureSetting } from './figure-setting.ts';
import { styleOf } from './style-option.ts';
import { writeFigure } from './write-figure.ts';

/** What every kind of figure takes; besides the settings of its chart and its style, by the names of their options. */
export interface FigureOptions extends Readonly<Record<string, unknown>> {
  readonly study?: string;
  readonly filter?: string;
  readonly runs?: readonly string[];
  readonly networks?: readonly string[];
  readonly output: string;
  readonly format?: string;
}

/** Draws a figure as the options say it. @throws Problem */
export async function drawFigure(file: string, kind: ChartKind, options: FigureOptions): Promise<void> {
  const format = figureFormat(options.output, options.format, kind);
  const store = openToRead(file);
  try {
    const setting = figureSetting(store);
    const source = sourceOf(options, (network) => store.network(network).id);
    let chosen: ChosenRuns | null = null;
    const runs = (): ChosenRuns => (chosen ??= figureRuns(store, setting.index, source));
    const specification = checkedFigure(
      { source, chart: chartOf(kind, options, runs), style: styleOf(options) },
      'Cannot draw the figure:',
    );
    await writeFigure(setting, specification, { output: options.output, format });
  } finally {
    store.close();
  }
}

/** @param idOf of an imported network, by its name or id */
function sourceOf(
  { study, filter, runs, networks: named }: FigureOptions,
  idOf: (network: string) => string,
): FigureSpecification['source'] {
  const given = [study, filter, runs].filter((source) => source !== undefined).length;
  if (given > 1 || (given === 0 && named === undefined))
    throw new Problem(
      'usage',
      'No runs given: use one of --study NAME, --filter TEXT and --runs ID..., --networks NAME... or both.',
    );
  const ids = named?.map(idOf) ?? [];
  const networks = ids.length === 0 ? {} : { networks: ids };
  if (study !== undefined) return { kind: 'study', study, ...networks };
  if (filter !== undefined) return { kind: 'filter', filter, ...networks };
  return { kind: 'runs', runs: [...(runs ?? []), ...ids] };
}

/**
 * The settings that are given, and those that follow from the runs, which are chosen only for those.
 * @throws Problem `usage` where too few vary
 */
function chartOf(kind: ChartKind, options: FigureOptions, runs: () => ChosenRuns): ChartSettings {
  let metric: string | null = null;
  const usual = (): string => (metric ??= usualMetric(runs().index, runs().rows));
  const varying = (): string[] => cellTableOf(runs(), usual()).varying.map(({ path }) => path);
  const given = Object.fromEntries(
    kind.fields.flatMap((field) => {
      const value = givenValue(field, options) ?? (field.choices === 'metrics' ? usual() : undefined);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
  const settings = missingFields(kind, given).length === 0 ? given : fillSettings(kind, given, varying());
  const missing = missingFields(kind, settings).map((field) => `--${optionOf(field)}`);
  if (missing.length === 0) return { kind: kind.name, ...settings };
  throw new Problem(
    'usage',
    `Too few settings vary among these runs to choose them: use ${missing.join(' and ')}.`,
  );
}
