import type { AnalysisSettings } from '../analysis/analysis-result.ts';
import type { RecipeAnswer, RecipeFigure } from './analysis-recipe.ts';

/** A recipe that comes with the program and answers a question about layers. */
export interface LayerQuestion {
  /** Of the recipe. */
  readonly name: string;
  readonly question: string;
  readonly about: string;
  /** A guess for one run, where nothing was measured on this machine. */
  readonly seconds: number;
  /** With all settings. */
  readonly steps: readonly {
    readonly name: string;
    readonly method: string;
    readonly settings: AnalysisSettings;
  }[];
  readonly figures: readonly Pick<RecipeFigure, 'name' | 'of' | 'caption' | 'chart'>[];
  readonly answers: readonly RecipeAnswer[];
}
