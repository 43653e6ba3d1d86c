import type { LayerQuestion } from '../../src-shared/recipes/question.ts';
import { loadRecipe } from './settle-recipe.ts';

/** The recipes of the program that answer one, as they are shown. */
const RECIPES = ['information', 'branches', 'removal', 'kernels', 'compression'];

let known: readonly LayerQuestion[] | null = null;

/** The questions about layers that recipes of the program answer. */
export function layerQuestions(): readonly LayerQuestion[] {
  return (known ??= RECIPES.map((name): LayerQuestion => {
    const { recipe, asked } = loadRecipe(name);
    const { question, about, seconds, figures, answers } = recipe;
    if (question === null || seconds === null) throw new Error(`the recipe ${name} answers no question`);
    const steps = recipe.steps.flatMap((step, at) => {
      const settings = asked[at]?.settings;
      return settings ? [{ name: step.name, method: step.method, settings }] : [];
    });
    return { name, question, about, seconds, steps, figures, answers };
  }));
}
