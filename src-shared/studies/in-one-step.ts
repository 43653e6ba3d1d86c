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

const OWN: ReadonlySet<string> = new Set([...OF_RATE, 'weightDecay' satisfies keyof Recipe, ...OF_IMAGES]);

/** What each of several networks has for itself; the others have it in common. */
export interface Own {
  /** A learning rate, at each step. */
  readonly rates: boolean;
  /** A weight decay. */
  readonly decays: boolean;
}

export const NOTHING_OWN: Own = { rates: false, decays: false };

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
  return { rates: differ(OF_RATE), decays: differ(['weightDecay']) };
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
