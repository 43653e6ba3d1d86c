import { type Checked, type Mistake, right, within } from '../mistakes/mistake.ts';
import { assignFields } from '../networks/assign-field.ts';
import type { NetworkDescription } from '../networks/families.ts';
import { canonicalHash, canonicalJson, hashText } from '../canonical-hash.ts';
import type { Cell, Factors } from './cell.ts';
import { checkRecipe } from './check-recipe.ts';
import { parseFactorPath } from './factor-path.ts';
import { computedFields, type Recipe } from './recipe.ts';
import type { StudyDefinition } from './study-definition.ts';

type Base = Pick<StudyDefinition, 'dataset' | 'data' | 'network' | 'training'>;
type Part = 'network' | 'training';

/** The id of a cell that differs in the number of epochs only. */
export function idWithEpochs(
  { dataset, data }: Pick<Base, 'dataset' | 'data'>,
  { network, recipe }: Pick<Cell, 'network' | 'recipe'>,
  epochs: number,
): string {
  return canonicalHash({ data, dataset, network, recipe: computedFields({ ...recipe, epochs }) });
}

/** A cell whose network has been checked. */
export interface CheckedCell extends Cell {
  readonly network: NetworkDescription;
}

/**
 * A function that makes cells of a study by their factors. A cell's id depends on what is computed and not on which fields
 * happen to be factors, so that a study may gain a factor and keep its results. Each network and recipe is checked once,
 * and cells that share one are given the same object. Mistakes stand at `network.<field>` and `training.<field>`.
 */
export function cellMaker({
  dataset,
  data,
  network,
  training,
}: Base): (factors: Factors) => Checked<CheckedCell> {
  const networkOf = once((fields) => assignFields(network, fields), canonicalJson);
  const recipeOf = once(
    (fields) => checkRecipe(training, fields),
    (recipe) => canonicalJson(computedFields(recipe)),
  );
  const around = [canonicalJson(data), canonicalJson(dataset)];
  return (factors) => {
    const description = networkOf(fieldsOf(factors, 'network'));
    const recipe = recipeOf(fieldsOf(factors, 'training'));
    if (!description.ok || !recipe.ok) {
      return {
        ok: false,
        mistakes: [...mistakesIn('network', description), ...mistakesIn('training', recipe)],
      };
    }
    const [dataText, datasetText] = around;
    // the canonical JSON of { data, dataset, network, recipe: computedFields(recipe) }, of which the parts are known
    const text = `{"data":${dataText},"dataset":${datasetText},"network":${description.text},"recipe":${recipe.text}}`;
    return right({ id: hashText(text), factors, network: description.value, recipe: recipe.value });
  };
}

type Known<Value> =
  | { readonly ok: true; readonly value: Value; readonly text: string }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Checks what some fields make, once for each of their values, and keeps the text that identifies it. */
function once<Value extends NetworkDescription | Recipe>(
  check: (fields: Readonly<Record<string, unknown>>) => Checked<Value>,
  textOf: (value: Value) => string,
): (fields: Readonly<Record<string, unknown>>) => Known<Value> {
  const known = new Map<string, Known<Value>>();
  return (fields) => {
    const key = JSON.stringify(fields);
    const before = known.get(key);
    if (before) return before;
    const checked = check(fields);
    const found = checked.ok ? { ...checked, text: textOf(checked.value) } : checked;
    known.set(key, found);
    return found;
  };
}

function mistakesIn(part: Part, known: Known<unknown>): Mistake[] {
  return known.ok ? [] : known.mistakes.map((mistake) => within([part], mistake));
}

/** The fields of one part that the factors set. */
function fieldsOf(factors: Factors, part: Part): Record<string, unknown> {
  const entries = Object.entries(factors).flatMap(([path, value]) => {
    const factor = parseFactorPath(path);
    return factor?.part === part ? [[factor.field, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
