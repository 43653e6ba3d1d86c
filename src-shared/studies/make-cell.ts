import { assignFields } from '../networks/assign-field.ts';
import { Problem } from '../contract/problem.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { Cell, Factors } from './cell.ts';
import { explainIssues } from './explain-issues.ts';
import { parseFactorPath } from './factor-path.ts';
import { recipeSchema, type Recipe } from './recipe.ts';
import type { StudyDefinition } from './study-definition.ts';

type Base = Pick<StudyDefinition, 'dataset' | 'data' | 'network' | 'training'>;

/**
 * The cell of a study with these factors. Its id depends on what is computed and not on which fields happen
 * to be factors, so that a study may gain a factor and keep its results.
 *
 * @throws Problem `network-invalid` or `study-invalid` for a value that its field does not take.
 */
export function makeCell({ dataset, data, network, training }: Base, factors: Factors): Cell {
  const description = assignFields(network, fieldsOf(factors, 'network'));
  const recipe = parseRecipe({ ...training, ...fieldsOf(factors, 'training') });
  const id = canonicalHash({ dataset, data, network: description, recipe });
  return { id, factors, network: description, recipe };
}

/** A recipe with its defaults. @throws Problem `study-invalid` naming each wrong field. */
export function parseRecipe(training: Readonly<Record<string, unknown>>): Recipe {
  const parsed = recipeSchema.safeParse(training);
  if (parsed.success) return parsed.data;
  const issues = explainIssues(parsed.error.issues, training, recipeSchema, ['training']);
  throw new Problem('study-invalid', issues.map(({ message }) => message).join('\n'));
}

/** The fields of one part that the factors set. */
function fieldsOf(factors: Factors, part: 'network' | 'training'): Record<string, unknown> {
  const entries = Object.entries(factors).flatMap(([path, value]) => {
    const factor = parseFactorPath(path);
    return factor?.part === part ? [[factor.field, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
