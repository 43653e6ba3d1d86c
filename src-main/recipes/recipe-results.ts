import type { Analysis, AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { FailedStep } from '../../src-shared/contract/api/analysis.ts';
import type { SubjectData } from '../analysis/specify-subject.ts';
import type { FigureSetting } from '../figures/render-figure.ts';
import type { RecipeSubject } from './recipe-subjects.ts';
import type { SettledRecipe } from './settle-recipe.ts';

/** All that was found out by a recipe, for its output. */
export interface RecipeResults extends SettledRecipe {
  readonly subjects: readonly RecipeSubject[];
  /** Of each step what is known, in the order of the runs. */
  readonly found: readonly (readonly Analysis[])[];
  readonly failures: readonly FailedStep[];
  /** The runs that the study lacks whose runs these are, in a sentence; empty where it lacks none, or runs were named. */
  readonly leftOut: string;
  readonly where: SubjectData;
  readonly figures: FigureSetting;
  /** What was typed. */
  readonly command: string;
}

/** Place of a step by its name. */
export function stepAt({ recipe }: SettledRecipe, name: string): number {
  return recipe.steps.findIndex((step) => step.name === name);
}

/** The settings that all of these analyses share, by which they are found again. */
export function commonSettings(analyses: readonly Analysis[]): AnalysisSettings {
  const [first, ...others] = analyses;
  return Object.fromEntries(
    Object.entries(first?.settings ?? {}).filter(([name, value]) =>
      others.every(({ settings }) => settings[name] === value),
    ),
  );
}
