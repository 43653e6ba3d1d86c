import { Problem } from '../contract/problem.ts';
import { cellText, clashingNames } from '../names/factor-text.ts';
import { assignField } from '../networks/assign-field.ts';
import { parseNetwork } from '../networks/parse-network.ts';
import { canonicalJson } from './canonical-hash.ts';
import type { FactorValue, Factors } from './cell.ts';
import { showPath, type IssuePath, type StudyIssue } from './explain-issues.ts';
import { nearestFactor, parseFactorPath, type FactorPath } from './factor-path.ts';
import { parseRecipe } from './make-cell.ts';
import { recipeSchema } from './recipe.ts';
import type { StudyFile } from './study-schema.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with network, recipe, and each factor and value taken alone. */
export function checkFactors(file: StudyFile): StudyIssue[] {
  const bases = [
    ...issuesOfBase(['network'], () => checkBaseNetwork(file)),
    ...issuesOfBase(['training'], () => parseRecipe(file.training)),
  ];
  if (bases.length > 0) return bases;
  return [
    ...Object.entries(file.vary ?? {}).flatMap(([path, values]) => checkVaried(file, path, values)),
    ...(file.cells ?? []).flatMap((factors, index) =>
      Object.entries(factors).flatMap(([path, value]) =>
        checkFactor(file, path, ['cells', index, path], [[['cells', index, path], value]]),
      ),
    ),
    ...checkCellNames(file.cells ?? []),
  ];
}

/** Two cells of a list that differ, but not in their names. Those that are the same are found where cells are made. */
function checkCellNames(cells: readonly Factors[]): StudyIssue[] {
  const seen = new Map<string, Factors>();
  return cells.flatMap((factors, index) => {
    const name = cellText(factors);
    const alike = seen.get(name);
    seen.set(name, factors);
    if (!alike || canonicalJson(alike) === canonicalJson(factors)) return [];
    const at = ['cells', index];
    const message = `${showPath(at)}: two cells are both called "${name}", so that they could not be told apart; leave one out.`;
    return [{ path: at, message }];
  });
}

function checkVaried(file: StudyFile, path: string, values: readonly FactorValue[]): StudyIssue[] {
  const places = values.map((value, index): [IssuePath, FactorValue] => [['vary', path, index], value]);
  const issues = checkFactor(file, path, ['vary', path], places);
  const clash = issues.length > 0 ? null : clashingNames(values);
  if (!clash) return issues;
  const at = ['vary', path, clash.second];
  const [first, second] = [clash.first, clash.second].map((place) => JSON.stringify(values[place]));
  const what =
    first === second
      ? `${second} is listed twice`
      : `${first} and ${second} are both called ${clash.name}, so that their cells could not be told apart`;
  return [{ path: at, message: `${showPath(at)}: ${what}; leave one out.` }];
}

/** `at` is where the factor's name stands, `places` where its values stand. */
function checkFactor(
  file: StudyFile,
  path: string,
  at: IssuePath,
  places: readonly (readonly [IssuePath, FactorValue])[],
): StudyIssue[] {
  const factor = parseFactorPath(path);
  if (!factor || (factor.part === 'training' && !Object.hasOwn(recipeSchema.shape, factor.field))) {
    const nearest = nearestFactor(path);
    const hint = nearest === null ? '' : `did you mean ${nearest}? `;
    const message = `${showPath(at)}: there is no such factor; ${hint}a factor is network.<field> or training.<field>, and the fields of training are ${Object.keys(recipeSchema.shape).join(', ')}.`;
    return [{ path: at, message }];
  }
  // fields depend on the family: where that varies too, only whole cells can be checked
  if (factor.part === 'network' && factor.field !== 'family' && familyVaries(file)) return [];
  const absent =
    factor.part === 'network' ? issuesAt(at, path, () => assignField(file.network, factor.field, null)) : [];
  if (factor.field !== 'family' && absent.length > 0) return absent;
  return places.flatMap(([place, value]) => issuesAt(place, path, () => tryValue(file, factor, value)));
}

function tryValue(file: StudyFile, { part, field }: FactorPath, value: FactorValue): void {
  if (part === 'training') parseRecipe({ ...file.training, [field]: value });
  else if (field === 'family') assignField({}, field, value);
  else parseNetwork(assignField(file.network, field, value));
}

function checkBaseNetwork(file: StudyFile): void {
  if (!familyVaries(file)) parseNetwork(file.network);
}

function familyVaries(file: StudyFile): boolean {
  return [file.vary ?? {}, ...(file.cells ?? [])].some((factors: Fields) =>
    Object.hasOwn(factors, 'network.family'),
  );
}

/** One issue for each line of a Problem about the base, placed at the field that the line names. */
function issuesOfBase(base: IssuePath, check: () => void): StudyIssue[] {
  return problemLines(check).map((message) => {
    const field = new RegExp(`^${String(base[0])}\\.([^.:[ ]+)`).exec(message)?.[1];
    return { path: field === undefined ? base : [...base, field], message };
  });
}

/** The same for a factor: the message then names the place in the file instead of the field. */
function issuesAt(place: IssuePath, path: string, check: () => void): StudyIssue[] {
  return problemLines(check).map((line) => {
    const rest = line.startsWith(path) ? line.slice(path.length) : line.replace(/^[^: ]+(?=[: ])/, '');
    return { path: place, message: `${showPath(place)}${rest}` };
  });
}

function problemLines(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.message.split('\n');
    throw error;
  }
}
