import { completeRecipe, type Recipe } from '../../src-shared/studies/recipe.ts';

/**
 * Reads JSON texts of which many are the same, as the networks of cells are: each is read once, and equal texts are one
 * object.
 */
export function jsonReader(): (text: string) => unknown {
  return onceEach((text) => JSON.parse(text) as unknown);
}

/** The same for the recipes of cells, null where they are unknown. */
export function recipeReader(): (text: string) => Recipe | null {
  return onceEach((text) => {
    const kept = JSON.parse(text) as Partial<Recipe> | null;
    return kept && completeRecipe(kept);
  });
}

function onceEach<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? read(text);
    known.set(text, value);
    return value;
  };
}

/** The other way round: an object that many cells share is written once. */
export function jsonWriter(): (value: object) => string {
  const known = new Map<object, string>();
  return (value) => {
    const text = known.get(value) ?? JSON.stringify(value);
    known.set(value, text);
    return text;
  };
}
