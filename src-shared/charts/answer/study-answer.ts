import { counted } from '../../counted.ts';
import { andList, orList } from '../../lists.ts';
import { nullIfProblem } from '../../mistakes/null-if-problem.ts';
import { TO_COME } from '../../runs/account.ts';
import { factorNoun } from '../../studies/factor-noun.ts';
import { SIGNIFICANT } from '../../statistics/judge-comparisons.ts';
import { pText } from '../../statistics/p-value.ts';
import { pairsNeeded } from '../../statistics/sign-flip-test.ts';
import { rankedCells } from '../cells/best-cell.ts';
import {
  type CellTable,
  type MeasuredCell,
  settingLabel,
  type VaryingSetting,
} from '../cells/measured-cell.ts';
import { boundsText, differenceText } from '../difference-text.ts';
import { marginText } from '../equivalence-text.ts';
import { type AnovaData, anovaData } from '../kinds/anova/data.ts';
import { USUAL_MODEL } from '../kinds/anova/model.ts';
import { type DifferencesData, differencesData } from '../kinds/differences/data.ts';
import { type SeedsToSettle, seedsToSettle } from '../kinds/differences/seeds-to-settle.ts';
import { capital, type Quantity, quantityText, signed, textWithUnit, withUnit } from '../quantity.ts';
import { cellName } from './cell-name.ts';
import {
  answerEffects,
  type AnswerEffects,
  type ToldFactor,
  type ToldInteraction,
} from './answer-effects.ts';
import { nOfTwo, nText, whole } from '../../numbers.ts';

/** What a study found, in sentences that its page, its report and the command line share. */
export interface StudyAnswer {
  /** The first sentence: the largest effect, the mean where nothing varies, or why the runs tell nothing. */
  readonly headline: string;
  /** Whether something was found: a significant effect or difference, or the mean where nothing varies. */
  readonly isFound: boolean;
  /** Further effects in the order of their size, then interactions; sentences. */
  readonly further: readonly string[];
  /** How cells differ from the best one, how p values are adjusted, and what to know before believing them; sentences. */
  readonly notes: readonly string[];
  /** Seeds that would tell cells apart from the best one; null where none would. */
  readonly settle: SeedsToSettle | null;
}

/** What was computed already, by the margin of equivalence that it is told with; absent: by this. Null where it cannot be. */
export interface Computed {
  readonly anova?: AnovaData | null;
  readonly differences?: DifferencesData | null;
}

/** @param known computed before, so that nothing is computed twice */
export function studyAnswer(table: CellTable, known: Computed = {}): StudyAnswer {
  const measured = table.cells.filter(({ measured: runs }) => runs.length > 0);
  const { quantity } = table;
  if (measured.length === 0)
    return alone(`No run has a ${quantity.title} yet, so there is no answer.`, false);
  const [only] = measured;
  if (only && measured.length === 1) {
    const isWhole = table.cells.length === 1;
    const name = isWhole
      ? ''
      : `of ${counted(table.cells.length, 'cell')} only one has a run, ${cellName(table, only)}: `;
    return alone(begun(table, `${name}${meanText(quantity, only)}`), isWhole);
  }
  const anova = known.anova === undefined ? nullIfProblem(() => anovaData(table, USUAL_MODEL)) : known.anova;
  const differences =
    known.differences === undefined ? nullIfProblem(() => differencesData(table, null)) : known.differences;
  const isOneSeed = measured.every(({ measured: runs }) => runs.length === 1);
  const effects = anova && !isOneSeed ? answerEffects(anova) : null;
  const told =
    effects && effects.factors.length > 0
      ? effectSentences(table, effects)
      : cellSentences(table, differences);
  return {
    headline: begun(table, told.headline),
    isFound: told.isFound,
    further: told.further,
    notes: [...told.notes, differences === null ? '' : differencesText(table, differences)].filter(Boolean),
    settle: seedsToSettle(table, differences),
  };
}

interface Told {
  readonly headline: string;
  readonly isFound: boolean;
  readonly further: readonly string[];
  readonly notes: readonly string[];
}

function alone(headline: string, isFound: boolean): StudyAnswer {
  return { headline, isFound, further: [], notes: [], settle: null };
}

/** The sentence, and before it of how many runs it is where some are still to be trained. */
function begun({ cells }: CellTable, sentence: string): string {
  const n = cells.reduce((sum, { measured }) => sum + measured.length, 0);
  const toCome = cells.flatMap(({ leftOut }) => leftOut.filter(({ reason }) => TO_COME.has(reason))).length;
  const told =
    toCome === 0
      ? capital(sentence)
      : `So far, with ${whole(n)} of ${counted(n + toCome, 'run')}: ${sentence}`;
  return `${told}.`;
}

function meanText(quantity: Quantity, { interval }: MeasuredCell): string {
  const { mean, low, high, n } = interval;
  const centre = `${quantity.title} is ${textWithUnit(quantity, mean ?? NaN)}`;
  if (low === null || high === null)
    return `${centre} in the one run; with one seed nobody knows how much runs vary`;
  return `${centre} on average (95\u00a0% interval ${quantityText(quantity, low)} to ${quantityText(quantity, high)}, ${nText(n)})`;
}

/** A table, and what is said after p values. */
interface Adjusted extends CellTable {
  readonly holm: string;
}

function effectSentences(table: CellTable, effects: AnswerEffects): Told {
  const [first, ...others] = effects.factors;
  const found = effects.factors.filter(({ isSignificant }) => isSignificant);
  const told: Adjusted = { ...table, holm: effects.tests > 1 ? ' after Holm' : '' };
  const tell = (factor: ToldFactor): string => factorText(told, factor);
  const notes = [adjustmentText(table, effects), cautionText(table, found.length > 0)];
  const together = effects.interactions.map((each) => sentence(interactionText(told, each)));
  if (found.length > 0)
    return {
      headline: first ? tell(first) : '',
      isFound: true,
      further: [...others.map((factor) => sentence(tell(factor))), ...together],
      notes,
    };
  const names = effects.factors.map(({ setting }) => settingText(setting));
  const any = names.length > MOST_NAMED ? `any of the ${names.length} factors` : orList(names);
  const alone = together.length > 0 ? ' by itself' : '';
  const most = first ? `: ${largestText(told, first)}` : '';
  return {
    headline: `${seedsText(table)} cannot tell whether ${any} matters for ${table.quantity.title}${alone}${most}`,
    ...{ isFound: together.length > 0, further: together, notes },
  };
}

/** Factors that a sentence names. */
const MOST_NAMED = 3;

/** `3 seeds`, `These seeds (2 to 3 a cell)`. */
function seedsText({ cells }: CellTable): string {
  const counts = cells.flatMap(({ measured }) => (measured.length > 0 ? [measured.length] : []));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? counted(least, 'seed') : `these seeds (${least} to ${most} a cell)`;
}

/** `from 0.5 to 0.125, the squeeze ratio costs 15.02 points of test accuracy (95 % interval 12.10 to 17.90, n = 3, p = 0.002 after Holm)`. */
function factorText(table: Adjusted, factor: ToldFactor): string {
  const { setting, best, worst, difference, isSignificant } = factor;
  const { quantity } = table;
  if (!difference)
    return `${settingText(setting)} ${isSignificant ? 'matters' : 'makes no difference that these runs can tell'} (F test, ${pText(factor.adjustedP)}${table.holm}): ${quantity.title} is ${levelText(table, setting, best)} and ${levelText(table, setting, worst)}`;
  if (!isSignificant)
    return `${settingText(setting)} makes no difference that these runs can tell: ${largestText(table, factor)}`;
  const [from, to] = [best, worst].map(({ value }) => settingLabel(setting, value));
  return `from ${from ?? ''} to ${to ?? ''}, ${settingText(setting)} ${changeText(quantity, difference.size)}${overText(table, setting)} (${evidence(table, factor)})`;
}

function settingText({ title, values }: VaryingSetting): string {
  return factorNoun(
    title,
    values.every((value) => typeof value === 'number'),
  );
}

/** `costs 15.02 points of test accuracy`, `raises test loss by 0.1234`. */
function changeText(quantity: Quantity, size: number): string {
  const { title, kind, better } = quantity;
  if (kind === 'share' && better === 'higher') return `costs ${sizeText(quantity, size)} of ${title}`;
  return `${better === 'higher' ? 'lowers' : 'raises'} ${title} by ${sizeText(quantity, size)}`;
}

/** Differences of shares are in percentage points. */
function sizeText(quantity: Quantity, size: number): string {
  const text = differenceText(quantity, size);
  return quantity.kind === 'share' ? `${text} points` : withUnit(quantity, text);
}

function levelText(
  { quantity }: CellTable,
  setting: VaryingSetting,
  { value, mean }: ToldFactor['best'],
): string {
  return `${textWithUnit(quantity, mean)} at ${settingLabel(setting, value)}`;
}

function largestText(table: Adjusted, factor: ToldFactor): string {
  const { setting, difference, best, worst } = factor;
  if (!difference)
    return `${table.quantity.title} is ${levelText(table, setting, best)} and ${levelText(table, setting, worst)}`;
  const [from, to] = [best, worst].map(({ value }) => settingLabel(setting, value));
  const largest = setting.values.length > 2 ? 'the largest difference' : 'the difference';
  return `${largest}${table.varying.length > 1 ? ` of ${settingText(setting)}` : ''}, from ${from ?? ''} to ${to ?? ''}, is ${sizeText(table.quantity, difference.size)}${overText(table, setting)} (${evidence(table, factor)})`;
}

function overText({ varying }: CellTable, setting: VaryingSetting): string {
  const [other, ...more] = varying.filter((each) => each !== setting);
  if (other === undefined) return '';
  return ` on average over ${more.length === 0 ? settingText(other) : 'the other factors'}`;
}

function evidence({ quantity, holm }: Adjusted, { difference, best, worst, adjustedP }: ToldFactor): string {
  const n = nOfTwo(best.n, worst.n);
  const interval = difference
    ? `95\u00a0% interval ${boundsText(quantity, difference.low, difference.high)}, `
    : '';
  return `${interval}${n}, ${pText(adjustedP)}${holm}`;
}

function interactionText(
  table: Adjusted,
  { settings: [one, other], range, adjustedP }: ToldInteraction,
): string {
  const p = `interaction, ${pText(adjustedP)}${table.holm}`;
  const depends = `how much ${settingText(one)} matters depends on ${settingText(other)} (${p})`;
  if (!range) return depends;
  const { quantity } = table;
  const at = ({ value, difference }: typeof range.least): string =>
    `${signed(sizeText(quantity, difference))} where ${settingText(other)} is ${settingLabel(other, value)}`;
  return `${depends}: the same change makes a difference of ${at(range.least)}, and of ${at(range.most)}`;
}

/** For what p values are adjusted, and what the largest difference is. */
function adjustmentText({ varying }: CellTable, { tests }: AnswerEffects): string {
  if (tests < 2) return '';
  const what = `differences of values${varying.length > 1 ? ' and interactions of two factors' : ''}`;
  return `Of each factor the largest difference is told; all ${tests} p values (${what}) are adjusted together by Holm's method, intervals are not.`;
}

/** What a reader must know before believing a t test of few seeds. */
function cautionText({ cells, varying }: CellTable, isFound: boolean): string {
  if (cells.some(({ decision }) => decision !== undefined))
    return 'Seeds were added by a rule that looked at the results, for which these p values are not adjusted; the differences of single cells from the best are.';
  const most = Math.max(...cells.map(({ measured }) => measured.length));
  const needed = pairsNeeded(SIGNIFICANT);
  if (!isFound || varying.length > 1 || most >= needed) return '';
  return `With ${counted(most, 'seed')} this rests on the assumption that runs vary normally; a test without it needs ${needed} seeds.`;
}

/** The best and the worst cell, where effects cannot be told. */
function cellSentences(table: CellTable, differences: DifferencesData | null): Told {
  const { quantity } = table;
  const measured = table.cells.filter(({ interval }) => interval.mean !== null);
  const sorted = measured.toSorted((a, b) => (a.interval.mean ?? 0) - (b.interval.mean ?? 0));
  const at = (cell: MeasuredCell | undefined): string =>
    cell ? `${quantityText(quantity, cell.interval.mean ?? NaN)} (${cellName(table, cell)})` : '';
  const range = `${quantity.axis} goes from ${at(sorted[0])} to ${at(sorted.at(-1))} over ${counted(measured.length, 'cell')}`;
  if (measured.every(({ interval }) => interval.n === 1))
    return {
      headline: `${range} with one seed each: without further seeds nobody knows how much runs vary, and nothing can be tested`,
      ...{ isFound: false, further: [], notes: [] },
    };
  const significant = differences?.rows.filter(({ isSignificant }) => isSignificant).length ?? 0;
  const best = rankedCells(table).cells[0];
  const name = best ? cellName(table, best) : '';
  const headline =
    significant === 0
      ? `${seedsText(table)} cannot tell any cell apart from the best one, ${name}: ${range}`
      : `${range}; ${significant} of ${counted(measured.length - 1, 'other cell')} ${significant === 1 ? 'differs' : 'differ'} significantly from the best one, ${name}`;
  return { headline, isFound: significant > 0, further: [], notes: [] };
}

/** Whether other cells differ from the best one. */
function differencesText(
  table: CellTable,
  { rows, baseline, quantity, claims, margin }: DifferencesData,
): string {
  const base = table.cells.find(({ id }) => id === baseline.cell);
  const name = base ? cellName(table, base) : baseline.label;
  if (rows.every(({ adjustedP }) => adjustedP === null))
    return `Whether other cells differ from ${name} cannot be tested with these seeds.`;
  const worseSign = quantity.better === 'lower' ? 1 : -1;
  const significant = rows.filter(({ isSignificant }) => isSignificant);
  const worse = significant.filter(({ difference }) => worseSign * (difference ?? 0) > 0).length;
  const better = significant.length - worse;
  const found = [
    ...(worse > 0 ? [`${worse} ${worse === 1 ? 'is' : 'are'} significantly worse`] : []),
    ...(better > 0 ? [`${better} ${better === 1 ? 'is' : 'are'} significantly better`] : []),
    ...(significant.length === 0 ? ['none differs significantly'] : []),
  ];
  const open = rows.length - significant.length;
  const caution =
    open === 0 ? '' : ' A difference that is not significant does not show that two cells are equal.';
  return `Of ${counted(rows.length, 'other cell')} compared with ${name}, ${andList(found)} (${claims.join('; ')}).${caution}${margin === null ? '' : withinText({ rows, quantity }, margin)}`;
}

/** What tests of equivalence found. */
function withinText({ rows, quantity }: Pick<DifferencesData, 'rows' | 'quantity'>, margin: number): string {
  const within = rows.filter(
    ({ equivalence }) => equivalence && ['equivalent', 'small difference'].includes(equivalence.verdict),
  ).length;
  return ` ${within === 0 ? 'None' : within} of these differences ${within === 1 ? 'is' : 'are'} shown to lie within ${marginText(quantity, margin)}.`;
}

function sentence(text: string): string {
  return text === '' ? '' : `${capital(text)}.`;
}
