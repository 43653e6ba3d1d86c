import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { canonicalHash } from '../../src-shared/canonical-hash.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { RecipeFeatures } from '../../src-shared/recipes/analysis-recipe.ts';
import { exportFeatures } from '../analysis/export/feature-export.ts';
import { FEATURE_KINDS } from '../analysis/feature-kinds.ts';
import { specifySubject } from '../analysis/specify-subject.ts';
import { WINDOW } from '../analysis/windows/window-setting.ts';
import { kindlingHome } from '../home.ts';
import type { RecipeResults } from './recipe-results.ts';
import type { RecipeSubject } from './recipe-subjects.ts';

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
  { name, layers, features: asked }: RecipeFeatures,
  output: string,
  { signal, onProgress }: FeatureControl,
): Promise<WrittenFeatures[]> {
  const features = FEATURE_KINDS.find((kind) => kind === asked) ?? 'average';
  const images = Number(recipe.settings['images'] ?? ALL);
  const written: WrittenFeatures[] = [];
  for (const [at, subject] of subjects.entries()) {
    const what = {
      subject: specifySubject(store, subject.runs[0] ?? '', where),
      ...{
        layers: layers.split(/[\s,]+/).join(' '),
        images,
        features,
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
