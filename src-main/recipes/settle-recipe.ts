import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { measureKey, methodOf } from '../../src-shared/analysis/findings.ts';
import { chartKind } from '../../src-shared/charts/kinds/registry.ts';
import { findMeasure } from '../../src-shared/charts/layers/layer-measure.ts';
import type { Mistake, PlacedMistake } from '../../src-shared/mistakes/mistake.ts';
import { named } from '../../src-shared/mistakes/named.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { showPlaced } from '../../src-shared/mistakes/show-mistake.ts';
import type { AnalysisRecipe, RecipeStep } from '../../src-shared/recipes/analysis-recipe.ts';
import { readRecipe } from '../../src-shared/recipes/read-recipe.ts';
import { decodeText } from '../../src-shared/yaml/decode-text.ts';
import { FEATURE_KINDS } from '../analysis/feature-kinds.ts';
import { type MethodRequest, methodRequests } from '../analysis/method-requests.ts';
import { methodNamed, METHODS } from '../analysis/methods/registry.ts';
import type { FigureFormat } from '../figures/formats/format.ts';
import { formatNamed } from '../figures/formats/registry.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'resources', 'recipes');

/** A recipe whose methods, settings and formats there are. */
export interface SettledRecipe {
  /** As it was read. */
  readonly text: string;
  readonly recipe: AnalysisRecipe;
  /** Of each step, in their order. */
  readonly asked: readonly MethodRequest[];
  readonly formats: readonly FigureFormat[];
}

/**
 * Reads a recipe of analyses.
 * @param wanted a file, or the name of one that comes with the program: `demystify`
 * @param given in the place of settings that the recipe gives to all steps
 * @throws Problem `not-found` for a file that cannot be read, `usage` with a line for each mistake in it
 */
export function loadRecipe(wanted: string, given: AnalysisSettings = {}): SettledRecipe {
  const file = extname(wanted) === '' ? join(FOLDER, `${basename(wanted)}.yaml`) : wanted;
  return settleRecipe(textOf(file, wanted), file, given);
}

/** @param file for the messages. @throws Problem `usage` */
export function settleRecipe(text: string, file: string, given: AnalysisSettings = {}): SettledRecipe {
  const reading = readRecipe(text);
  if (!reading.ok) throw invalid(file, reading.mistakes);
  const { place } = reading;
  const recipe = { ...reading.recipe, settings: { ...reading.recipe.settings, ...given } };
  const mistakes: Mistake[] = [...strangeSettings(recipe)];
  const noted = <Value>(path: Mistake['path'], settle: () => Value): Value[] => {
    try {
      return [settle()];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      mistakes.push({ path, value: undefined, message: error.message });
      return [];
    }
  };
  const asked = recipe.steps.flatMap((step, at) => noted(['steps', at], () => settleStep(recipe, step)));
  const formats = recipe.formats.flatMap((name, at) => noted(['formats', at], () => formatNamed(name)));
  for (const [at, { features }] of recipe.features.entries())
    noted(['features', at, 'features'], () =>
      named(
        FEATURE_KINDS.map((name) => ({ name })),
        features,
        { what: 'kind of features', code: 'not-found' },
      ),
    );
  const methodOfStep = (of: string): string => recipe.steps.find(({ name }) => name === of)?.method ?? '';
  if (asked.length === recipe.steps.length) {
    for (const [at, { of, chart }] of recipe.figures.entries())
      noted(['figures', at, 'chart'], () => requireOwn(chartKind(chart).finding(chart), methodOfStep(of)));
    for (const [at, { of, measure }] of recipe.answers.entries())
      noted(['answers', at, 'measure'], () => findMeasure(METHODS, measureKey(methodOfStep(of), measure)));
    for (const [at, { of, measures }] of recipe.tables.entries())
      for (const measure of measures ?? [])
        noted(['tables', at, 'measures'], () => findMeasure(METHODS, measureKey(methodOfStep(of), measure)));
  }
  if (mistakes.length > 0) throw invalid(file, place(mistakes));
  return { text, recipe, asked, formats };
}

function settleStep(
  { settings: common }: AnalysisRecipe,
  { method, settings, atMost }: RecipeStep,
): MethodRequest {
  const own = methodNamed(method).settings.shape;
  const shared = Object.fromEntries(Object.entries(common).filter(([name]) => name in own));
  const given = { ...shared, ...settings };
  // as the method takes them: numbers that were typed are text
  const taken = requestOf(method, given).settings;
  const bounded = Object.entries(atMost).map(([name, most]) => {
    const value = taken[name];
    return [name, typeof value === 'number' ? Math.min(value, most) : most] as const;
  });
  return requestOf(method, { ...given, ...Object.fromEntries(bounded) });
}

function requestOf(method: string, given: AnalysisSettings): MethodRequest {
  const [request] = methodRequests([method], given);
  if (request === undefined) throw new Error(`the method ${method} is not asked`);
  return request;
}

/** A figure draws what its own step finds out. @param finding a method, or a measure of one. @throws Problem `usage` */
function requireOwn(finding: string | null, method: string): void {
  if (finding === null || methodOf(finding) !== method)
    throw new Problem(
      'usage',
      `the chart draws ${finding ?? 'runs'}, and its step is of the method ${method}.`,
    );
  if (finding !== method) findMeasure(METHODS, finding);
}

/** A common setting that no step takes is a slip. */
function strangeSettings({ settings, steps }: AnalysisRecipe): Mistake[] {
  const methods = METHODS.filter(({ name }) => steps.some(({ method }) => method === name));
  const known = [...new Set(methods.flatMap((method) => Object.keys(method.settings.shape)))];
  return Object.entries(settings)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => ({
      ...{ path: ['settings', name], value },
      message: `no method of these steps has such a setting; there are ${known.join(', ')}.`,
    }));
}

function textOf(file: string, wanted: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    const why =
      extname(wanted) === ''
        ? 'no such recipe comes with the program; give a file (.yaml)'
        : (error as Error).message;
    throw new Problem('not-found', `The recipe ${wanted} cannot be read: ${why}.`, { cause: error });
  }
}

function invalid(file: string, mistakes: readonly PlacedMistake[]): Problem {
  const lines = mistakes.map((mistake) => `  ${showPlaced(mistake)}`);
  return new Problem('usage', `${file} is not a valid recipe of analyses:\n${lines.join('\n')}`, {
    mistakes,
  });
}
