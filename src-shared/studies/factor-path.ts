import { families, familyNames } from '../networks/families.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import { recipeSchema } from './recipe.ts';

/** What a factor changes: a field of the network (or one entry of a list, `sr[2]`) or of the recipe. */
export interface FactorPath {
  readonly part: 'network' | 'training';
  readonly field: string;
}

/** Splits `network.sr`; null if it names neither part. Whether the field exists is not checked here. */
export function parseFactorPath(path: string): FactorPath | null {
  const [, part, field] = /^(network|training)\.(.+)$/.exec(path) ?? [];
  if (field === undefined) return null;
  return { part: part === 'network' ? 'network' : 'training', field };
}

const FOREIGN = 'factor.';

/** The path of a factor that another program varied: whatever its own name is, it is no setting of ours. */
export function foreignFactorPath(name: string): string {
  return `${FOREIGN}${name}`;
}

/** `width` of `factor.width`, the case of `factor` aside; null for any other path. */
export function foreignFactorName(path: string): string | null {
  const isForeign = path.slice(0, FOREIGN.length).toLowerCase() === FOREIGN;
  return isForeign && path.length > FOREIGN.length ? path.slice(FOREIGN.length) : null;
}

/** The field that a factor sets, or of which it sets an entry: `sr` for `sr[2]` and `sr.2`. */
export function wholeField({ field }: Pick<FactorPath, 'field'>): string {
  return /^[^.[]+/.exec(field)?.[0] ?? field;
}

/** The factor that `path` was probably meant to be, e.g. `network.sr` for `sr`; null where none is close. */
export function nearestFactor(path: string): string | null {
  const fields = {
    network: familyNames.flatMap((family) => Object.keys(families[family].schema.shape)),
    training: Object.keys(recipeSchema.shape),
  };
  const wanted = parseFactorPath(path);
  if (wanted) {
    const nearest = nearestName(wanted.field, fields[wanted.part]);
    return nearest === null ? null : `${wanted.part}.${nearest}`;
  }
  const nearest = nearestName(path, [...fields.network, ...fields.training]);
  if (nearest === null) return null;
  return fields.network.includes(nearest) ? `network.${nearest}` : `training.${nearest}`;
}
