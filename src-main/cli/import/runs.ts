import { resolve } from 'node:path';
import { whole } from '../../../src-shared/numbers.ts';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import type { ImportAccount } from '../../../src-shared/contract/api/imports.ts';
import { counted } from '../../../src-shared/counted.ts';
import { guessBetter } from '../../../src-shared/imports/metric-names.ts';
import { metricOfColumn, plainName } from '../../../src-shared/imports/plain-name.ts';
import {
  type AnyCurveMetric,
  type AnyMetric,
  type ImportedMetric,
  importedMetricParts,
} from '../../../src-shared/metrics/imported-metric.ts';
import { curveMetrics, runMetrics } from '../../../src-shared/metrics/metrics.ts';
import { nearestName } from '../../../src-shared/mistakes/nearest-name.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { mistakeText, remedyTexts } from '../../../src-shared/imports/mistake-text.ts';
import { doTask } from '../application/do-task.ts';
import { printJson, printLine, printTable } from '../output.ts';

export interface ImportRunsOptions {
  readonly study?: string;
  readonly factor?: readonly string[];
  /** False with `--no-seed`; true where neither was given. */
  readonly seed: string | boolean;
  readonly metric?: readonly string[];
  readonly curve?: readonly string[];
  readonly percent?: readonly string[];
  readonly text?: readonly string[];
  readonly dataset?: string;
  readonly keepIncomplete?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Imports runs, and says what their columns were taken for. @throws Problem, Interrupted */
export async function importRuns(
  storeFile: string,
  files: readonly string[],
  options: ImportRunsOptions,
): Promise<void> {
  const parameters = { files: files.map((file) => resolve(file)), settings: settingsOf(options) };
  const { message, result } = await doTask(storeFile, {
    command: 'import runs',
    start: (client) => client.request('runs.import', { ...parameters, dryRun: options.dryRun ?? false }),
    stopped: 'stopped; nothing was imported.',
  });
  if (options.json) {
    printJson(result);
    return;
  }
  await printAccount(result);
  printLine(`\n${message}`);
  if (options.dryRun && result.mistakeCount > 0) printMistakes(result);
}

/** @throws Problem `usage` */
function settingsOf(options: ImportRunsOptions): ParametersOf<'runs.import'>['settings'] {
  const {
    study,
    factor,
    seed,
    metric,
    curve,
    percent = [],
    text = [],
    dataset = '',
    keepIncomplete,
  } = options;
  return {
    ...{ study: study ?? null, factors: factor ? [...factor] : null, seed: seed === true ? null : seed },
    metrics: metric ? assigned('--metric', metric, runMetric) : null,
    curves: curve ? assigned('--curve', curve, curveMetric) : null,
    ...{ percent: [...percent], text: [...text], dataset, keepIncomplete: keepIncomplete ?? false },
  };
}

/** `acc=testAccuracy`, where a name may have signs of equality of its own. @throws Problem `usage` */
function assigned<Metric extends string>(
  option: string,
  texts: readonly string[],
  metricOf: (name: string, column: string) => Metric | Unnamed,
): Record<string, Metric> {
  return Object.fromEntries(
    texts.map((text): [string, Metric] => {
      const place = text.lastIndexOf('=');
      const [column, name] = [text.slice(0, place), text.slice(place + 1)];
      if (place <= 0 || name === '')
        throw new Problem('usage', `${option} ${text}: write COLUMN=METRIC, e.g. acc=testAccuracy.`);
      const metric = metricOf(name, column);
      if (typeof metric === 'string') return [column, metric];
      throw new Problem('usage', `${option} ${text}: ${metric.message}`);
    }),
  );
}

/** Why a name is that of no metric. */
interface Unnamed {
  readonly message: string;
}

const runMetric = (name: string, column: string): AnyMetric | Unnamed =>
  metricNamed(runMetrics, name, column);
const curveMetric = (name: string, tag: string): AnyCurveMetric | Unnamed =>
  metricNamed(curveMetrics, name, tag);

/** One of Kindling's, or another one, of which it is known which values are better. */
function metricNamed<Known extends string>(
  metrics: readonly Known[],
  name: string,
  column: string,
): Known | ImportedMetric | Unnamed {
  const known = metrics.find((metric) => metric === name);
  if (known !== undefined) return known;
  const better = importedMetricParts(name)?.better;
  if (better !== undefined) return metricOfColumn(name, better);
  const own = `${column}=higher.${plainName(name)}`;
  const nearest = nearestName(name, metrics);
  if (nearest !== null)
    return {
      message: `there is no metric ${name}; did you mean ${nearest}? If it is a metric of its own, write ${own}, or lower. if lower values are better.`,
    };
  const guessed = guessBetter(name) ?? guessBetter(column);
  if (guessed !== null) return metricOfColumn(name, guessed);
  return {
    message: `${name} is no metric of Kindling's, so say which values are better: ${own}, or lower. in the place of higher. The metrics of Kindling are ${metrics.join(', ')}.`,
  };
}

async function printAccount({ columns, curves, notes }: ImportAccount): Promise<void> {
  const used = columns.filter(({ role }) => role !== 'left out');
  await printTable(
    [
      { title: 'column' },
      { title: 'imported as' },
      { title: 'values', align: 'right' },
      { title: 'such as' },
    ],
    used.map(({ name, role, as, levels, examples, note }) => [
      name,
      [`${role}${as === '' ? '' : ` ${as}`}`, note].filter(Boolean).join(': '),
      String(levels),
      examples.join(', '),
    ]),
  );
  const logged = curves.filter(({ metric }) => metric !== null);
  if (logged.length > 0) {
    printLine('');
    await printTable(
      [
        { title: 'curve' },
        { title: 'imported as' },
        { title: 'runs', align: 'right' },
        { title: 'points', align: 'right' },
      ],
      logged.map(({ tag, metric, isPercent, runs, points }) => [
        tag,
        `${metric ?? ''}${isPercent ? ': in percent' : ''}`,
        ...[runs, points].map((count) => whole(count)),
      ]),
    );
  }
  printLeftOut([
    ...columns.flatMap(({ role, name, note }) => (role === 'left out' ? [{ name, reason: note }] : [])),
    ...curves.flatMap(({ metric, tag, reason }) =>
      metric === null ? [{ name: `curve ${tag}`, reason }] : [],
    ),
  ]);
  for (const note of notes) printLine(`\n${note}`);
}

/** By reasons, of which most hold for many columns. */
function printLeftOut(leftOut: readonly { readonly name: string; readonly reason: string }[]): void {
  if (leftOut.length === 0) return;
  printLine('\nnot imported:');
  for (const [reason, some] of Map.groupBy(leftOut, (each) => each.reason))
    printLine(`  ${some.map(({ name }) => name).join(', ')}: ${reason}`);
}

/** More say nothing that helps. */
const MOST = 20;

function printMistakes({ mistakes, mistakeCount }: ImportAccount): void {
  const rest = mistakeCount - Math.min(MOST, mistakes.length);
  const told = mistakes.slice(0, MOST).map((mistake) => `  ${mistakeText(mistake)}`);
  printLine(
    [
      `${counted(mistakeCount, 'mistake')}, with which nothing would be imported:`,
      ...told,
      ...(rest > 0 ? [`  … and ${rest} more.`] : []),
      ...remedyTexts(mistakes.slice(0, MOST), 'command'),
    ].join('\n'),
  );
}
