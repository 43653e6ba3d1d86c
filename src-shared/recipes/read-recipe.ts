import { checkInput } from '../mistakes/check-input.ts';
import { placeMistakes } from '../mistakes/first-mistakes.ts';
import type { Mistake, Path, PlacedMistake } from '../mistakes/mistake.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import { showValue } from '../mistakes/show-value.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type AnalysisRecipe, analysisRecipeSchema } from './analysis-recipe.ts';

export type RecipeReading =
  | {
      readonly ok: true;
      readonly recipe: AnalysisRecipe;
      /** Mistakes that are found later, e.g. by the methods, with their lines. */
      readonly place: (mistakes: readonly Mistake[]) => PlacedMistake[];
    }
  | { readonly ok: false; readonly mistakes: readonly PlacedMistake[] };

/**
 * Reads a recipe of analyses (YAML; docs/recipes.md describes the keys), or says all that is wrong with it and where.
 * Which methods, settings, measures and formats there are is checked by `settleRecipe`.
 */
export function readRecipe(text: string): RecipeReading {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { value, lineOf } = yaml;
  const place = (mistakes: readonly Mistake[]): PlacedMistake[] =>
    placeMistakes(mistakes, ({ path }) => lineOf(path));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, mistakes: place([noKeys(value)]) };
  const checked = checkInput(analysisRecipeSchema, value);
  const mistakes = checked.ok ? crossChecks(checked.value) : checked.mistakes;
  return checked.ok && mistakes.length === 0
    ? { ok: true, recipe: checked.value, place }
    : { ok: false, mistakes: place(mistakes) };
}

function noKeys(value: unknown): Mistake {
  const message = `it must contain keys such as recipe, steps and figures, not ${showValue(value)}.`;
  return { path: [], value, message };
}

const MADE = ['figures', 'tables', 'pictures'] as const;

/** What no part of a recipe shows by itself. */
function crossChecks(recipe: AnalysisRecipe): Mistake[] {
  const lists = ['steps', ...MADE, 'features'] as const;
  return [
    ...lists.flatMap((list) => namesakes(recipe[list], list)),
    ...[...MADE, 'answers' as const].flatMap((list) =>
      recipe[list].flatMap((each, at) => strayStep(recipe, each.of, [list, at])),
    ),
  ];
}

function namesakes(entries: readonly { readonly name: string }[], list: string): Mistake[] {
  const names = entries.map(({ name }) => name);
  return names.flatMap((name, at) =>
    names.indexOf(name) === at
      ? []
      : [{ path: [list, at, 'name'], value: name, message: `"${name}" is the name of another one already.` }],
  );
}

function strayStep({ steps }: AnalysisRecipe, of: string, path: Path): Mistake[] {
  const names = steps.map(({ name }) => name);
  if (names.includes(of)) return [];
  const near = nearestName(of, names);
  const message = `there is no step "${of}"${near ? ` (did you mean "${near}"?)` : ''}; the steps are ${names.join(', ')}.`;
  return [{ path: [...path, 'of'], value: of, message }];
}
