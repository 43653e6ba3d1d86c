import { andList } from '../../lists.ts';
import { cellName, type FactorialDesign, type Level } from './design.ts';
import type { FactorialFit } from './fit-factorial.ts';
import type { Term } from './model.ts';

/** At most so many are named in a sentence. */
const MOST_NAMED = 4;

/** Of factors that have one level. */
export function whyConstant({ constant }: FactorialDesign): string[] {
  if (constant.length === 0) return [];
  const names = constant.map(({ name, level }) => (level === null ? name : `${name} (${level})`));
  return [`No effect of ${andList(names)}: all complete runs have one value.`];
}

/** Of factors that never vary together why there is no interaction of them. */
export function whyApart({ design: { factors }, model }: FactorialFit): string[] {
  const nested = factors.flatMap(({ name, nested: within }) => {
    if (!within) return [];
    const where = andList(within.levels.map((level) => String(level ?? '–')));
    const parent = factors[within.parent]?.name ?? '';
    return [`${name} exists only where ${parent} is ${where}: its effect is the one there.`];
  });
  const pairs = model.apart.map(
    ([one, other]) => `${factors[one]?.name ?? ''} and ${factors[other]?.name ?? ''}`,
  );
  return [
    ...nested,
    ...(pairs.length === 0 ? [] : [`No interaction of ${someOf(pairs)}, which do not vary together.`]),
  ];
}

/** An effect that the runs do not tell at all. */
export function whyNotEstimable(given: FactorialFit, term: Term): string[] {
  const { design } = given;
  const why = reason(design, term);
  if (term.factors.length > 1) return [`The ${effectName(design, term)} cannot be estimated: ${why}.`];
  const own = design.factors[term.factors[0] ?? 0]?.name ?? '';
  const others = design.factors.map(({ name }) => name).filter((name) => name !== own);
  const from =
    others.length === 0
      ? 'the seeds'
      : `${others.length > 1 ? 'the other effects' : `that of ${others[0] ?? ''}`}${design.blocked ? ' and the seeds' : ''}`;
  return [`The ${effectName(design, term)} cannot be separated from ${from}: ${why}.`];
}

/** An interaction of which the runs tell less than all; nothing to say of others. */
export function whyPartial({ design }: FactorialFit, term: Term, degreesOfFreedom: number): string[] {
  const all = term.columns.length;
  if (degreesOfFreedom === all || term.factors.some((place) => design.factors[place]?.nested)) return [];
  return [
    `The ${effectName(design, term)} is estimated from the other cells only, with ${degreesOfFreedom} of ${all} df: ${reason(design, term)}.`,
  ];
}

function effectName({ factors }: FactorialDesign, { factors: group }: Term): string {
  const names = group.map((place) => factors[place]?.name ?? '');
  if (group.length === 1) return `main effect of ${names.join('')}`;
  return factors.length === 2 ? 'interaction' : `interaction of ${names.join(' × ')}`;
}

function reason(design: FactorialDesign, { factors: group }: Term): string {
  const others = design.factors.map((_, place) => place).filter((place) => !group.includes(place));
  const pairs =
    group.length > 1 ? [group] : others.map((other) => [...group, other].toSorted((a, b) => a - b));
  const missing = pairs.flatMap((pair) => missingCombinations(design, pair));
  if (missing.length > 0) return `no complete run for ${someOf(missing)}`;
  return isWholeGrid(design)
    ? 'the cells have too few seeds in common'
    : 'not all combinations of the other factors have complete runs';
}

/** Names of the combinations of levels that no cell has, as far as there could be; numeric factors are of no combination. */
function missingCombinations({ factors, cells }: FactorialDesign, group: readonly number[]): string[] {
  const own = group.flatMap((place) => factors[place] ?? []);
  if (own.some(({ isNumeric, nested }) => isNumeric || (nested && group.includes(nested.parent)))) return [];
  const present = new Set(cells.map(({ levels }) => JSON.stringify(group.map((place) => levels[place]))));
  const all = own.reduce(
    (rows: readonly (readonly Level[])[], { levels }) =>
      rows.flatMap((row) => levels.map((level) => [...row, level])),
    [[]],
  );
  return all.filter((row) => !present.has(JSON.stringify(row))).map(cellName);
}

function isWholeGrid({ factors, cells }: FactorialDesign): boolean {
  return cells.length === factors.reduce((product, { levels }) => product * levels.length, 1);
}

/** Of many names the first few, and how many there are besides. */
export function someOf(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
