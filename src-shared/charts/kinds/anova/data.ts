import { Problem } from '../../../mistakes/problem.ts';
import { factorNames } from '../../../studies/factor-text.ts';
import { type AnovaEffect, type TwoWayAnova, twoWayAnova } from '../../../statistics/two-way-anova.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import { type CellTable, settingKey } from '../../cells/measured-cell.ts';
import { capital, type Quantity } from '../../quantity.ts';

export interface AnovaSettings {
  /** Paths of the two settings. */
  readonly x: string;
  readonly y: string;
}

/** One source of variance: an effect, the seed, or what is left. */
export interface AnovaRow {
  readonly title: string;
  /** All null for an effect that cannot be estimated. */
  readonly degreesOfFreedom: number | null;
  readonly sumOfSquares: number | null;
  readonly etaSquared: number | null;
  /** These are of effects only. */
  readonly f: number | null;
  readonly p: number | null;
  readonly partialOmegaSquared: number | null;
}

export interface AnovaData {
  readonly quantity: Quantity;
  readonly anova: TwoWayAnova;
  /** Main effects, interaction, seed (where it is a block), residual. */
  readonly rows: readonly AnovaRow[];
  /** e.g. `26 of 27 runs, type II with the seed as a block: some cells lack a seed`. */
  readonly method: string;
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** Which runs are left out and why, and what else there is; sentences. */
  readonly account: readonly string[];
  /** What the shares are, and what cannot be estimated; sentences. */
  readonly notes: readonly string[];
}

/**
 * Main effects and interaction of two settings: a two-way analysis of variance over all runs that have a value.
 *
 * @throws Problem `usage` where a third setting varies, and as `twoWayAnova`.
 */
export function anovaData(table: CellTable, { x, y }: AnovaSettings): AnovaData {
  const { cells, varying, quantity } = table;
  const others = varying.filter(({ path }) => path !== x && path !== y);
  if (others.length > 0) {
    const names = others.map(({ title }) => title).join(', ');
    throw new Problem('usage', `Main effects are not computed while other settings vary too (${names}).`);
  }
  const [rows, columns] = [factorNames(x).title, factorNames(y).title];
  const observations = cells.flatMap(({ settings, measured }) =>
    measured.map(({ seed, value }) => ({
      ...{ row: settingKey(settings[x]), column: settingKey(settings[y]) },
      ...{ seed, value },
    })),
  );
  const anova = twoWayAnova(observations, { rows, columns });
  return {
    ...{ quantity, anova, method: methodOf(anova) },
    leftOut: leftOutText(
      cells.flatMap((cell) => cell.leftOut),
      quantity.title,
    ),
    account: accountNotes(table).map((note) => `${capital(note)}.`),
    notes: notesOf(anova),
    rows: [
      effectRow(rows, anova.rows),
      effectRow(columns, anova.columns),
      effectRow('interaction', anova.interaction),
      ...(anova.seeds ? [{ title: 'seed', ...UNTESTED, ...anova.seeds }] : []),
      { title: 'residual', ...UNTESTED, ...anova.residual },
    ],
  };
}

const UNTESTED = { f: null, p: null, partialOmegaSquared: null };
const UNKNOWN = { ...UNTESTED, degreesOfFreedom: null, sumOfSquares: null, etaSquared: null };

function effectRow(title: string, effect: AnovaEffect | null): AnovaRow {
  return { title, ...(effect ?? UNKNOWN) };
}

function methodOf({ n, fullN, blocked, balanced }: TwoWayAnova): string {
  const runs = fullN === null || fullN === n ? `${n} runs` : `${n} of ${fullN} runs`;
  if (!blocked) return `${runs}, ${balanced ? '' : 'type II, '}without blocks: no seed is in two cells`;
  return balanced
    ? `${runs}, the seed as a block`
    : `${runs}, type II with the seed as a block: some cells lack a seed`;
}

function notesOf({ balanced, blocked, limits }: TwoWayAnova): string[] {
  const sum = balanced
    ? `with ${blocked ? 'seed and ' : ''}residual they add up to 1`
    : 'with type II sums of squares they do not add up to 1';
  return [
    `η² is a source's share of the total variance in these runs; ${sum}.`,
    'Partial ω² estimates the share of an effect in the sum of its own and the residual variance, for further runs too, as if nothing else varied; these shares do not add up to 1.',
    ...limits,
  ];
}
