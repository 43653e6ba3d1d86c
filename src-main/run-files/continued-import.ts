import { counted } from '../../src-shared/counted.ts';
import { AS_ANOTHER, type Continuation, continueImport } from '../../src-shared/imports/continue-import.ts';
import { columnNames, type ForeignRuns } from '../../src-shared/imports/foreign-runs.ts';
import type { ImportSettings } from '../../src-shared/imports/import-settings.ts';
import { type KnownImport, settingsOfStudy } from '../../src-shared/imports/known-import.ts';
import { possibleFactors, type ImportPlan, planImport } from '../../src-shared/imports/plan-import.ts';
import { storeExists } from '../store/connection.ts';
import { openStore } from '../store/open-store.ts';

/** A study that a file continues, and what is new in it. */
export interface ContinuedImport extends Continuation {
  readonly before: KnownImport;
}

/**
 * The imported study that a file continues, as one that was exported again with more runs: the one that is named, or else the one of
 * whose complete runs the file has most, and at least half, with the same results. Null where there is none.
 *
 * @param storeFile is only read
 * @param plan of the file by the settings alone
 */
export function continuedImport(
  storeFile: string,
  source: ForeignRuns,
  settings: ImportSettings,
  plan: ImportPlan,
): ContinuedImport | null {
  // whoever holds it opens it where it is needed
  if (!storeExists(storeFile)) return null;
  const store = openStore(storeFile, { purpose: 'read' });
  try {
    const names = store.importedStudies().filter((name) => (settings.study ?? name) === name);
    const reader = continuationReader(source, settings, plan);
    const found = names.flatMap((name) => reader(store.importedStudy(name)) ?? []);
    const [most] = found.toSorted((one, other) => other.known - one.known);
    return most ?? null;
  } finally {
    store.close();
  }
}

function continuationReader(
  source: ForeignRuns,
  settings: ImportSettings,
  byItself: ImportPlan,
): (known: KnownImport) => ContinuedImport | null {
  const columns = columnNames(source.runs);
  const isNamed = settings.study !== null;
  // studies of the same columns read a file in the same way
  const plans = new Map<string, ImportPlan>();
  const planOf = (own: ImportSettings): ImportPlan => {
    const key = JSON.stringify({ ...own, study: null });
    const plan = plans.get(key) ?? planImport(source, own, own.study ?? '', true);
    plans.set(key, plan);
    return plan;
  };
  let possible: readonly string[] | null = null;
  return (before) => {
    const { name, imported } = before.definition;
    const refused = (message: string): ContinuedImport | null => {
      const mistake = { place: null, column: null, message, remedy: AS_ANOTHER };
      return isNamed
        ? { before, known: 0, missing: 0, plan: { ...byItself, runs: [], mistakes: [mistake] } }
        : null;
    };
    const own = settingsOfStudy(before, columns, settings);
    if (typeof own === 'string') return refused(own);
    const plan = planOf(own);
    const { seed, factors } = plan.definition.imported;
    if (seed !== imported.seed || JSON.stringify(factors) !== JSON.stringify(imported.factors))
      return refused(`the columns are not read as those of the study ${name} were.`);
    // who names the factors says that there are no others
    possible ??= settings.factors === null ? possibleFactors(source, settings) : [];
    const others = possible.filter((column) => !Object.values(factors).includes(column));
    const continuation = continueImport(source, plan, before, others);
    const complete = before.runs.filter(({ state }) => state === 'complete').length;
    const isRight = continuation.plan.mistakes.length === 0;
    if (isNamed)
      return isRight && continuation.known === 0
        ? refused(`none of the ${counted(before.runs.length, 'run')} of the study ${name} is in this file.`)
        : { ...continuation, before };
    return continuation.known > 0 && complete - continuation.missing >= complete / 2
      ? { ...continuation, before }
      : null;
  };
}
