import type { Cell } from './cell.ts';
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

const OWN: ReadonlySet<string> = new Set([...OF_RATE, ...OF_IMAGES]);

/** The same for cells of a study whose runs can be trained in one step: of one network, and alike in what a step does. */
export function stepKey({ network, recipe }: Pick<Cell, 'network' | 'recipe'>): string {
  const shared = Object.entries(computedFields(recipe)).filter(([name]) => !OWN.has(name));
  // a program takes images either as bytes or as values
  return JSON.stringify([network, shared, variesAsBytes(recipe.augment)]);
}

/** Whether recipes that are trained in one step need each a learning rate of its own. */
export function ratesDiffer(recipes: readonly Recipe[]): boolean {
  const rates = recipes.map((recipe) => JSON.stringify(OF_RATE.map((name) => recipe[name])));
  return new Set(rates).size > 1;
}
