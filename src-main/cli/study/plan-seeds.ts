import { counted } from '../../../src-shared/counted.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { percent, roundedTo } from '../../../src-shared/numbers.ts';
import { pilotOfTable } from '../../../src-shared/charts/cells/pilot-table.ts';
import { cellTableOf, numericColumn } from '../../../src-shared/charts/cells/measure-cells.ts';
import { quantityOf } from '../../../src-shared/charts/quantity.ts';
import type { CostedStudy } from '../../../src-shared/studies/cost-study.ts';
import { mainMetric } from '../../../src-shared/studies/imported-study.ts';
import type { Deviation } from '../../../src-shared/statistics/pilot-deviations.ts';
import {
  pairedDeviation,
  planSeeds,
  powerText,
  RULE_NOTE,
  seedNotes,
  seedsNeededText,
  type SeedQuestion,
} from '../../../src-shared/statistics/seed-plan.ts';
import type { Store } from '../../store/store.ts';
import { above, between } from '../number-option.ts';
import { readStudy } from './read-study.ts';

export interface SeedOptions {
  readonly metric?: string;
  readonly difference?: string;
  readonly deviation?: string;
  readonly correlation?: string;
  readonly pilot?: string;
  readonly unpaired?: boolean;
  readonly comparisons?: number;
  readonly power?: string;
  readonly alpha?: string;
  readonly margin?: string;
}

/** What the seeds of a study can show, as tables and lines for people and as JSON. */
export interface AskedSeeds {
  readonly before: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly after: readonly string[];
  readonly json: object;
}

/** Shown where nobody says how much runs vary. */
const DEVIATIONS = [0.2, 0.5, 1, 2];

interface NamedDeviation {
  readonly name: string;
  /** Of differences if paired, else of values. */
  readonly deviation: number;
}

interface Deviations {
  readonly of: readonly NamedDeviation[];
  readonly notes: readonly string[];
  readonly pilot: object | null;
}

/** @throws Problem `usage`, and `not-found` for a pilot that is not there */
export function askedSeeds(
  store: Store | null,
  { definition, cells }: CostedStudy,
  options: SeedOptions,
): AskedSeeds {
  const question: SeedQuestion = {
    isPaired: options.unpaired !== true,
    difference: above('--difference', options.difference ?? '1'),
    power: between('--power', options.power ?? '80', 100) / 100,
    alpha: between('--alpha', options.alpha ?? '0.05', 1),
    margin: options.margin === undefined ? null : above('--margin', options.margin),
    comparisons: options.comparisons ?? Math.max(1, cells.length - 1),
    seeds: definition.seeds.length,
  };
  const { name, title, scale } = quantityOf(numericColumn(options.metric ?? mainMetric(definition)));
  const inUnit = (value: number): string =>
    scale === 100 ? `${value} ${value === 1 ? 'point' : 'points'}` : String(value);
  const deviations = deviationsOf(store, options, question, { name, scale, inUnit });
  const answers = planSeeds(
    question,
    deviations.of.map(({ deviation }) => deviation),
  );
  const [size, share] = [question.difference, percent(question.power, 0)];
  const seeds = counted(question.seeds, 'seed');
  const notes = [
    ...seedNotes(question),
    ...(definition.until ? [RULE_NOTE] : []),
    ...marginNotes(question),
    ...deviations.notes,
  ];
  return {
    before: [`What ${seeds} can show of a difference of ${inUnit(size)} in ${title}:`],
    columns: [
      'deviation',
      ...[`power with ${seeds}`, `seeds for ${share}`, `smallest difference with ${share}`],
      ...(question.margin === null
        ? []
        : [`power to show less than ${question.margin}`, `seeds for that with ${share}`]),
    ],
    rows: answers.map((answer, place) => [
      deviations.of[place]?.name ?? '',
      powerText(answer.power),
      seedsNeededText(answer.seedsNeeded),
      answer.smallestDifference === null ? 'none' : String(roundedTo(answer.smallestDifference, 3)),
      ...(answer.equivalence
        ? [powerText(answer.equivalence.power), seedsNeededText(answer.equivalence.seedsNeeded)]
        : []),
    ]),
    after: notes,
    json: {
      ...{ metric: name, ...question, pilot: deviations.pilot, answers },
      notes,
    },
  };
}

function marginNotes({ margin, alpha, comparisons }: SeedQuestion): string[] {
  if (margin === null) return [];
  return [
    `Equivalence: that cells which do not differ at all are shown to differ by less than ${margin}, by two one-sided tests at ${roundedTo(alpha / comparisons, 3)} each, adjusted in the same way.`,
  ];
}

function deviationsOf(
  store: Store | null,
  options: SeedOptions,
  { isPaired }: SeedQuestion,
  metric: { readonly name: string; readonly scale: number; readonly inUnit: (value: number) => string },
): Deviations {
  const { deviation, pilot } = options;
  if (pilot !== undefined && (deviation !== undefined || options.correlation !== undefined))
    throw new Problem(
      'usage',
      '--pilot: the pilot says how much runs vary; leave out --deviation and --correlation.',
    );
  if (pilot !== undefined) return pilotOf(store, pilot, isPaired, metric);
  const correlation = between('--correlation', options.correlation ?? '0', 1, true);
  if (options.correlation !== undefined && !isPaired)
    throw new Problem(
      'usage',
      '--correlation: seeds that are not paired have none; leave it or --unpaired out.',
    );
  const given = deviation === undefined ? DEVIATIONS : [above('--deviation', deviation)];
  const paired = `; of paired differences it is taken to be √(2 (1 − ${correlation})) times that${correlation === 0 ? ', as if seeds had nothing in common (--correlation)' : ''}`;
  return {
    of: given.map((within) => ({
      name: metric.inUnit(within),
      deviation: isPaired ? pairedDeviation(within, correlation) : within,
    })),
    notes: [
      `The standard deviation over the seeds of a cell is ${deviation === undefined ? 'unknown: give --deviation, or --pilot STUDY' : 'assumed'}${isPaired ? paired : ''}.`,
    ],
    pilot: null,
  };
}

/** The estimate, and the ends of its interval. */
function pilotOf(
  store: Store | null,
  pilot: string,
  isPaired: boolean,
  {
    name,
    scale,
    inUnit,
  }: { readonly name: string; readonly scale: number; readonly inUnit: (value: number) => string },
): Deviations {
  if (store === null) throw new Problem('not-found', `--pilot ${pilot}: there is no store yet.`);
  const table = cellTableOf(readStudy(store, pilot).drawn, name);
  const found = pilotOfTable(table, scale);
  const deviation = isPaired ? found.paired : found.within;
  if (deviation === null || deviation.deviation === 0) throw noPilot(pilot, name, isPaired, deviation);
  const text = (value: number): string => inUnit(roundedTo(value, 3));
  const of = isPaired ? 'of paired differences' : 'within cells';
  const leftOut = table.cells.reduce((sum, cell) => sum + cell.leftOut.length, 0);
  return {
    of: [
      { name: `${text(deviation.deviation)} (pilot)`, deviation: deviation.deviation },
      { name: `${text(deviation.low)} (low)`, deviation: deviation.low },
      { name: `${text(deviation.high)} (high)`, deviation: deviation.high },
    ],
    notes: [
      `Pilot ${pilot}: standard deviation ${of}, pooled over its cells, ${text(deviation.deviation)} with ${deviation.degreesOfFreedom} degrees of freedom; low and high are the ends of its 95 % interval.${leftOut > 0 ? ` ${counted(leftOut, 'run')} of it left out.` : ''}`,
    ],
    pilot: { study: pilot, leftOut, ...found },
  };
}

function noPilot(pilot: string, metric: string, isPaired: boolean, found: Deviation | null): Problem {
  const why =
    found !== null
      ? 'does not vary from seed to seed'
      : isPaired
        ? 'is not there for two cells that share two seeds; try --unpaired'
        : 'is not there for two seeds of any cell';
  return new Problem('usage', `--pilot ${pilot}: ${metric} ${why}, so nothing can be planned from it.`);
}
