import { families, isFamilyName } from '../../../src-shared/networks/families.ts';
import type { Family } from '../../../src-shared/networks/family.ts';
import { familyNames } from '../../../src-shared/networks/families.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { optimizersWith, type OptimizerName } from '../../../src-shared/training/optimizers/registry.ts';
import { fieldControls, type FieldControl } from '../../fields/field-control.ts';

/** A factor that a study may vary. */
export interface FactorChoice {
  /** As in the file: `network.sr`, `network.sr[2]`, `training.epochs`. */
  readonly path: string;
  readonly title: string;
  readonly group: string;
  readonly control: FieldControl;
}

const RECIPE_CONTROLS = fieldControls(recipeSchema);
const controlsByFamily = new Map<string, readonly FieldControl[]>();

/** The fields of a family; none for a name that is no family. */
export function networkControls(family: unknown): readonly FieldControl[] {
  if (!isFamilyName(family)) return [];
  const known = controlsByFamily.get(family);
  if (known) return known;
  const controls = fieldControls((families[family] as unknown as Family).schema);
  controlsByFamily.set(family, controls);
  return controls;
}

/** The fields of a recipe, of those that belong to some optimizers only the ones that these have. */
export function recipeControls(optimizers: readonly OptimizerName[]): FieldControl[] {
  return RECIPE_CONTROLS.filter(({ name }) => {
    const owners = optimizersWith(name);
    return owners.length === 0 || owners.some((owner) => optimizers.includes(owner));
  });
}

/** All factors of a study whose networks are of this family, and which trains with these optimizers. `classes` follows from the data set. */
export function factorChoices(family: unknown, optimizers: readonly OptimizerName[]): FactorChoice[] {
  const network = networkControls(family).filter(({ name }) => name !== 'classes');
  return [
    ...network.map((control) => choice('network', 'Network', control)),
    familyChoice(),
    ...recipeControls(optimizers).map((control) => choice('training', 'Training', control)),
    ...network.flatMap((control) =>
      Array.from({ length: control.entries ?? 0 }, (_, index) => ({
        path: `network.${control.name}[${index}]`,
        title: `${control.title} of fire${index + 2}`,
        group: 'One Fire module',
        control,
      })),
    ),
  ];
}

function choice(part: 'network' | 'training', group: string, control: FieldControl): FactorChoice {
  return { path: `${part}.${control.name}`, title: control.title, group, control };
}

function familyChoice(): FactorChoice {
  const control: FieldControl = {
    kind: 'choice',
    name: 'family',
    title: 'Family',
    about: '',
    options: familyNames,
    default: undefined,
    accepts: '',
    entries: null,
  };
  return { path: 'network.family', title: control.title, group: 'Network', control };
}
