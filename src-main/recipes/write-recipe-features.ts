import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { canonicalHash } from '../../src-shared/canonical-hash.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { AnalysisRecipe, RecipeFeatures } from '../../src-shared/recipes/analysis-recipe.ts';
import { keptFeatures } from '../analysis/disk-need.ts';
import { exportFeatures } from '../analysis/export/feature-export.ts';
import { FEATURE_KINDS, type FeatureKind } from '../analysis/feature-kinds.ts';
import { seenNetwork } from '../analysis/seen-network.ts';
import { layerNames } from '../analysis/settings.ts';
import { specifySubject, type SubjectData } from '../analysis/specify-subject.ts';
import { WINDOW } from '../analysis/windows/window-setting.ts';
import { kindlingHome } from '../home.ts';
import type { RecipeResults } from './recipe-results.ts';
import { type RecipeSubject, recipeSubjects } from './recipe-subjects.ts';
import type { SettledRecipe } from './settle-recipe.ts';
import type { Store } from '../store/store.ts';

/** Features of one subject in their folder. */
export interface WrittenFeatures {
  readonly subject: RecipeSubject;
  /** Within the output. */
  readonly folder: string;
  /** Why there are none; null where there are. */
  readonly refusal: string | null;
}

/** More than an evaluation set has: all of it. */
const ALL = 1_000_000;

function imagesOf({ settings }: AnalysisRecipe): number {
  return Number(settings['images'] ?? ALL);
}

function kindOf(features: string): FeatureKind {
  return FEATURE_KINDS.find((kind) => kind === features) ?? 'average';
}

/** Bytes of the features that a recipe leaves of these runs or networks in its output. @throws Problem as `specifySubject` does */
export function recipeFeatureBytes(
  store: Store,
  { recipe }: SettledRecipe,
  runs: readonly string[],
  where: SubjectData,
): number {
  if (recipe.features.length === 0) return 0;
  const seen = recipeSubjects(store, runs).map((subject) => seenNetwork(store, subject.runs[0] ?? '', where));
  const bytes = seen.flatMap((network) =>
    recipe.features.map(({ layers, features }) =>
      keptFeatures(network, imagesOf(recipe), kindOf(features), layerNames(layers)),
    ),
  );
  return bytes.reduce((sum, each) => sum + each, 0);
}

interface FeatureControl {
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/**
 * Writes features of each subject, of several seeds those of the first. What a folder holds is in its name, so that what
 * is there is not computed twice.
 */
export async function writeRecipeFeatures(
  { recipe, subjects, figures: { store }, where }: RecipeResults,
  { name, layers, features }: RecipeFeatures,
  output: string,
  { signal, onProgress }: FeatureControl,
): Promise<WrittenFeatures[]> {
  const images = imagesOf(recipe);
  const written: WrittenFeatures[] = [];
  for (const [at, subject] of subjects.entries()) {
    const what = {
      subject: specifySubject(store, subject.runs[0] ?? '', where),
      ...{
        layers: layerNames(layers).join(' '),
        images,
        features: kindOf(features),
        window: WINDOW,
        weights: 'trained' as const,
      },
    };
    const folder = posix.join('features', name, `${subject.word}-${canonicalHash(what)}`);
    const control = { signal, onProgress: (share: number) => onProgress((at + share) / subjects.length) };
    try {
      if (!existsSync(join(output, folder)))
        await exportFeatures(kindlingHome(), { ...what, folder: join(output, folder) }, control);
      written.push({ subject, folder, refusal: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      written.push({ subject, folder, refusal: error.message });
    }
  }
  return written;
}
