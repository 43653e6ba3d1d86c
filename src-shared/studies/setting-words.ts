import { describeFields, type FieldDescription } from '../fields/field.ts';
import { familyNames } from '../networks/families.ts';
import { familyFields } from '../networks/parse-network.ts';
import { recipeSchema } from './recipe.ts';

/** What a setting is called: the family, or a field of a network or of a recipe. */
export type SettingWords = Pick<FieldDescription, 'title' | 'short' | 'aliases'>;

/** Every field of every family and of the recipe, by `network.<field>` and `training.<field>`. */
export const settingFields: ReadonlyMap<string, FieldDescription> = new Map([
  ...fieldsOf('network', familyNames.flatMap(familyFields)),
  ...fieldsOf('training', describeFields(recipeSchema)),
]);

export const FAMILY_WORDS: SettingWords = { title: 'family', short: 'family', aliases: [] };

/** The words of a setting by its path, or of one entry of a list (`network.sr[2]`, `network.sr.2`); null for no setting. */
export function settingWords(path: string): SettingWords | null {
  if (path === 'network.family') return FAMILY_WORDS;
  const whole = settingFields.get(path);
  if (whole) return whole;
  const [, field = '', bracketed, dotted] = /^(.+?)(?:\[(\d+)\]|\.(\d+))$/.exec(path) ?? [];
  const list = settingFields.get(field);
  if (!list) return null;
  const entry = `[${Number(bracketed ?? dotted)}]`;
  return { title: `${list.title} ${entry}`, short: `${list.short}${entry}`, aliases: [] };
}

/** One for each name: what several families have under one name is one setting. */
function fieldsOf(part: string, fields: readonly FieldDescription[]): [string, FieldDescription][] {
  const byName = new Map(fields.toReversed().map((field) => [field.name, field]));
  return [...new Set(fields.map(({ name }) => name))].flatMap((name) => {
    const field = byName.get(name);
    return field ? [[`${part}.${name}`, field] satisfies [string, FieldDescription]] : [];
  });
}
