import { families, isFamilyName } from '../../../src-shared/networks/families.ts';
import type { Family } from '../../../src-shared/networks/family.ts';
import { familyNames } from '../../../src-shared/networks/families.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
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

export function recipeControls(): readonly FieldControl[] {
  return RECIPE_CONTROLS;
}

/** All factors of a study whose networks are of this family. `classes` follows from the data set. */
export function factorChoices(family: unknown): FactorChoice[] {
  const network = networkControls(family).filter(({ name }) => name !== 'classes');
  return [
    ...network.map((control) => choice('network', 'Network', control)),
    familyChoice(),
    ...RECIPE_CONTROLS.map((control) => choice('training', 'Training', control)),
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
