import type { Cell } from './cell.ts';
import { largestPart } from './largest-part.ts';
import { computedFields, type Recipe, variesAsBytes } from './recipe.ts';

/** How the learning rate goes: networks that are trained in one step may each have their own. */
const OF_RATE = [
  'epochs',
  'learningRate',
  'schedule',
  'warmup',
  'milestones',
  'gamma',
  'riseShare',
] as const satisfies readonly (keyof Recipe)[];

/** How images are varied before a step takes them. */
const OF_IMAGES = [
  'augment',
  'cropScale',
  'cropPadding',
  'rotationDegrees',
  'cutoutSize',
] as const satisfies readonly (keyof Recipe)[];

/** Numbers of a recipe that a step takes for each network, by what says that they differ. */
const OWN_NUMBERS = { decays: 'weightDecay', smoothings: 'labelSmoothing' } as const;

/** The name of such a number, in a recipe and where a step is given it. */
export type OwnNumber = (typeof OWN_NUMBERS)[keyof typeof OWN_NUMBERS];

const OWN: ReadonlySet<string> = new Set([...OF_RATE, ...Object.values(OWN_NUMBERS), ...OF_IMAGES]);

/** What each of several networks has for itself; the others have it in common. */
export interface Own {
  /** A learning rate, at each step. */
  readonly rates: boolean;
  /** A weight decay. */
  readonly decays: boolean;
  /** A label smoothing. */
  readonly smoothings: boolean;
}

export const NOTHING_OWN: Own = { rates: false, decays: false, smoothings: false };

/** Something for each number that networks have each for themselves, by its name in a recipe. */
export function ofOwnNumbers<T>(own: Own, make: (name: OwnNumber) => T): Partial<Record<OwnNumber, T>> {
  const kinds = Object.keys(OWN_NUMBERS) as (keyof typeof OWN_NUMBERS)[];
  return Object.fromEntries(
    kinds.filter((kind) => own[kind]).map((kind) => [OWN_NUMBERS[kind], make(OWN_NUMBERS[kind])]),
  );
}

/** The same for cells of a study whose runs can be trained in one step: of one network, and alike in what a step does. */
export function stepKey({ network, recipe }: Pick<Cell, 'network' | 'recipe'>): string {
  const shared = Object.entries(computedFields(recipe)).filter(([name]) => !OWN.has(name));
  // a program takes images either as bytes or as values
  return JSON.stringify([network, shared, variesAsBytes(recipe.augment)]);
}

/** What recipes that are trained in one step need each for itself. */
export function ownOf(recipes: readonly Recipe[]): Own {
  const differ = (fields: readonly (keyof Recipe)[]): boolean =>
    new Set(recipes.map((recipe) => JSON.stringify(fields.map((name) => recipe[name])))).size > 1;
  const { decays, smoothings } = OWN_NUMBERS;
  return { rates: differ(OF_RATE), decays: differ([decays]), smoothings: differ([smoothings]) };
}

/**
 * Parts runs as a study does that begins them all: those of a cell go together, then those of others whose step is the same, evenly.
 *
 * @param most in one step
 * @returns in the order of the first run of each step
 */
export function inSteps<Run>(
  runs: readonly Run[],
  most: number,
  aboutOf: (run: Run) => { readonly cell: string; readonly step: string },
): Run[][] {
  if (most === 1) return runs.map((run) => [run]);
  const places = new Map(runs.map((run, place) => [run, place]));
  const steps = [...Map.groupBy(runs, (run) => aboutOf(run).step).values()].flatMap((alike) => {
    const ordered = [...Map.groupBy(alike, (run) => aboutOf(run).cell).values()].flat();
    return partsOf(ordered, most);
  });
  const beginOf = (step: readonly Run[]): number => Math.min(...step.map((run) => places.get(run) ?? 0));
  return steps.toSorted((one, other) => beginOf(one) - beginOf(other));
}

function partsOf<Item>(items: readonly Item[], most: number): Item[][] {
  const parts: Item[][] = [];
  for (let begin = 0; begin < items.length;) {
    const size = largestPart(items.length - begin, most);
    parts.push(items.slice(begin, begin + size));
    begin += size;
  }
  return parts;
}
