import { type Checked, type Mistake, type Path, right, within } from '../mistakes/mistake.ts';
import { showMistake } from '../mistakes/show-mistake.ts';
import { showValue } from '../mistakes/show-value.ts';
import { cellText, clashingNames } from './factor-text.ts';
import { assignField } from '../networks/assign-field.ts';
import { checkFamily, checkNetwork } from '../networks/parse-network.ts';
import { canonicalJson } from '../canonical-hash.ts';
import type { FactorValue, Factors } from './cell.ts';
import { checkOptimizerFields, checkRecipeFields, optimizersOfStudy } from './check-recipe.ts';
import { nearestFactor, parseFactorPath, wholeField, type FactorPath } from './factor-path.ts';
import { recipeSchema } from './recipe.ts';
import type { StudyFile } from './study-schema.ts';

/** What factors change. */
interface Base extends Pick<StudyFile, 'network' | 'training'> {
  /** Then the fields of a network depend on the cell. */
  readonly familyVaries: boolean;
}

/** A value of a factor, and where it stands in the file. */
interface PlacedValue {
  readonly path: Path;
  readonly value: FactorValue;
}

/** What is wrong with network, recipe, and each factor and value taken alone. */
export function checkFactors(study: StudyFile): Mistake[] {
  const { network, training, vary = {}, cells = [] } = study;
  const familyVaries = [vary, ...cells].some((factors) => Object.hasOwn(factors, 'network.family'));
  const base = { network, training, familyVaries };
  const mistakes = [
    ...mistakesOf(['network'], familyVaries ? right(network) : checkNetwork(network)),
    ...mistakesOf(['training'], checkRecipeFields(training)),
  ];
  if (mistakes.length > 0) return mistakes;
  return [
    ...checkOptimizerFields(training, optimizersOfStudy(study)).map((mistake) =>
      within(['training'], mistake),
    ),
    ...Object.entries(vary).flatMap(([path, values]) => checkVaried(base, path, values)),
    ...cells.flatMap((factors, index) =>
      Object.entries(factors).flatMap(([factor, value]) => {
        const path = ['cells', index, factor];
        return checkFactor(base, factor, path, [{ path, value }]);
      }),
    ),
    ...checkCellNames(cells),
  ];
}

/** Two cells of a list that differ, but not in their names. Those that are the same are found where cells are made. */
function checkCellNames(cells: readonly Factors[]): Mistake[] {
  const seen = new Map<string, Factors>();
  return cells.flatMap((factors, index): Mistake[] => {
    const name = cellText(factors);
    const alike = seen.get(name);
    seen.set(name, factors);
    if (!alike || canonicalJson(alike) === canonicalJson(factors)) return [];
    const message = `two cells have the same name, "${name}", so they could not be distinguished; leave one out.`;
    return [{ path: ['cells', index], value: factors, message }];
  });
}

function checkVaried(base: Base, factor: string, values: readonly FactorValue[]): Mistake[] {
  const places = values.map((value, index) => ({ path: ['vary', factor, index], value }));
  const mistakes = checkFactor(base, factor, ['vary', factor], places);
  const clash = mistakes.length > 0 ? null : clashingNames(values);
  if (!clash) return mistakes;
  const [first, second] = [clash.first, clash.second].map((place) => showValue(values[place]));
  const what =
    first === second
      ? `${second} is listed twice`
      : `${first} and ${second} have the same name, ${clash.name}, so their cells could not be distinguished`;
  return [
    { path: ['vary', factor, clash.second], value: values[clash.second], message: `${what}; leave one out.` },
  ];
}

/** `at` is where the factor's name stands, `places` where its values stand. */
function checkFactor(base: Base, path: string, at: Path, places: readonly PlacedValue[]): Mistake[] {
  const factor = parseFactorPath(path);
  if (!factor || (factor.part === 'training' && !Object.hasOwn(recipeSchema.shape, factor.field)))
    return [unknownFactor(path, at)];
  // fields depend on the family: where that varies too, only whole cells can be checked
  if (factor.part === 'network' && factor.field !== 'family' && base.familyVaries) return [];
  if (factor.part === 'network' && factor.field !== 'family') {
    const assigned = assignField(base.network, factor.field, null);
    if (!assigned.ok) return assigned.mistakes.map((mistake) => ({ ...mistake, path: at }));
  }
  return places.flatMap(({ path: place, value }) => {
    const checked = tryValue(base, factor, value);
    return checked.ok ? [] : checked.mistakes.map((mistake) => atFactor(place, factor, mistake));
  });
}

function unknownFactor(path: string, at: Path): Mistake {
  const nearest = nearestFactor(path);
  const hint = nearest === null ? '' : `did you mean ${nearest}? `;
  const message = `there is no such factor; ${hint}a factor is network.<field> or training.<field>, and the fields of training are ${Object.keys(recipeSchema.shape).join(', ')}.`;
  return { path: at, value: undefined, message };
}

function tryValue(base: Base, { part, field }: FactorPath, value: FactorValue): Checked<unknown> {
  if (part === 'training') return checkRecipeFields({ ...base.training, [field]: value });
  if (field === 'family') return checkFamily(value);
  const assigned = assignField(base.network, field, value);
  return assigned.ok ? checkNetwork(assigned.value) : assigned;
}

/** The mistake of a field, at the value that a factor gives to the field; what is deeper in the value stays deeper. */
function atFactor(place: Path, factor: FactorPath, mistake: Mistake): Mistake {
  const [first, ...rest] = mistake.path;
  if (first === factor.field || first === wholeField(factor))
    return { ...mistake, path: [...place, ...rest] };
  // a field that the factor does not set itself
  return { ...mistake, path: place, message: showMistake(mistake) };
}

function mistakesOf(base: Path, checked: Checked<unknown>): Mistake[] {
  return checked.ok ? [] : checked.mistakes.map((mistake) => within(base, mistake));
}
