import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Precision, Recipe } from '../../src-shared/studies/recipe.ts';
import type { Engine } from './engine.ts';
import { engineKindNamed } from './engines/registry.ts';
import type { EngineInstallation } from './installations/installation.ts';
import type { Operations } from './operations.ts';

/**
 * The operations that a training of a precision is made of.
 * @throws Problem `engine-invalid` where the engine does not train in it
 */
export function operationsFor(
  { operations, bfloat16, description }: Engine,
  precision: Precision,
): Operations {
  const found = precision === 'float32' ? operations : bfloat16;
  if (found === null) throw float32Only(precision, description.name);
  return found;
}

/**
 * For the start of a study, before an engine is opened.
 * @throws Problem `engine-invalid` where the engine does not train in a precision of the cells
 */
export function requireTrainable(
  { engine, name }: Pick<EngineInstallation, 'engine' | 'name'>,
  cells: readonly { readonly recipe: Pick<Recipe, 'precision'> }[],
): void {
  const { precisions } = engineKindNamed(engine);
  const untrainable = cells.find(({ recipe }) => !precisions.includes(recipe.precision));
  if (untrainable) throw float32Only(untrainable.recipe.precision, name);
}

function float32Only(precision: Precision, engine: string): Problem {
  return cannotTrainIn(precision, `the engine ${engine} computes in float32 only`);
}

export function cannotTrainIn(precision: Precision, reason: string): Problem {
  return new Problem(
    'engine-invalid',
    `training.precision is ${precision}, in which this cannot be trained here: ${reason}; set it to float32, or train on an engine of TensorFlow`,
  );
}
