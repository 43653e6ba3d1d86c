import { whole } from '../numbers.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { counted } from '../counted.ts';
import { cellText } from '../studies/factor-text.ts';
import type { ForeignRuns } from './foreign-runs.ts';
import type { KnownImport, KnownRun } from './known-import.ts';
import type { ImportPlan, PlannedRun } from './plan-import.ts';
import type { ImportMistake, Remedy } from './read-column.ts';

/** What a file adds to a study that was imported before. */
export interface Continuation {
  /** Its columns, and the cells and runs that the study does not have, with the ids of cells that it has. */
  readonly plan: ImportPlan;
  /** How many runs of the file the study has. */
  readonly known: number;
  /** How many complete runs of the study the file does not have. */
  readonly missing: number;
}

/** Where the runs of a file are not those of a study. */
export const AS_ANOTHER: Remedy = {
  command: 'To import all of these runs as a study of their own, name it (--study NAME).',
  page: 'To import all of these runs as a study of their own, give it another name below.',
};

/**
 * Tells which runs of a file a study has already: by cell and seed, or, where there are no seeds, by cell and results. What
 * has other results than in the study is a mistake, as a finished run never changes.
 *
 * @param plan of the whole file, read as the study was
 * @param own columns that are factors of the file but not of the study
 */
export function continueImport(
  source: ForeignRuns,
  plan: ImportPlan,
  known: KnownImport,
  own: readonly string[] = [],
): Continuation {
  const ids = new Map(known.cells.map(({ id, factors }) => [canonicalJson(factors), id]));
  const idOf = new Map(plan.cells.map(({ id, factors }) => [id, ids.get(canonicalJson(factors)) ?? id]));
  const rows = plan.runs.map((run, row): Row => ({
    ...{ run: { ...run, cell: idOf.get(run.cell) ?? run.cell }, place: source.runs[row]?.place ?? '' },
    row,
  }));
  const hasSeeds = plan.definition.imported.seed !== null;
  const complete = hasSeeds ? matchBySeed(rows, known, plan) : matchByResults(rows, known, plan);
  const isKnown = new Set([...complete.known, ...matchUnfinished(rows, known, hasSeeds)]);
  const added = rows.filter((each) => !isKnown.has(each));
  const mistakes = [...plan.mistakes, ...complete.mistakes];
  if (mistakes.length === 0) mistakes.push(...newFactors(source, own, { known: complete.known, added }));
  const cells = new Set(added.map(({ run }) => run.cell));
  const { definition } = known;
  const { format, files, hash } = plan.definition.imported;
  const notes = [
    ...plan.definition.imported.notes.filter((note) => !definition.imported.notes.includes(note)),
    ...finishedNotes(added, known, hasSeeds),
    ...(complete.missing === 0
      ? []
      : [`${counted(complete.missing, 'complete run')} of the study are not in this file: they stay.`]),
    ...curveNotes(complete.pairs),
  ];
  return {
    known: isKnown.size,
    missing: complete.missing,
    plan: {
      ...plan,
      mistakes,
      cells: plan.cells
        .map((cell) => ({ ...cell, id: idOf.get(cell.id) ?? cell.id }))
        .filter(({ id }) => cells.has(id)),
      runs: mistakes.length > 0 ? [] : hasSeeds ? added.map(({ run }) => run) : renumbered(added, known),
      definition: {
        ...definition,
        imported: {
          ...definition.imported,
          additions: [
            ...(definition.imported.additions ?? []),
            { format, files, hash, runs: added.length, notes },
          ],
        },
      },
    },
  };
}

interface Row {
  readonly run: PlannedRun;
  readonly place: string;
  readonly row: number;
}

interface Matched {
  readonly known: readonly Row[];
  readonly pairs: readonly { readonly row: Row; readonly before: KnownRun }[];
  readonly missing: number;
  readonly mistakes: readonly ImportMistake[];
}

const isComplete = ({ state }: Pick<KnownRun, 'state'>): boolean => state === 'complete';
const atSeed = ({ cell, seed }: Pick<KnownRun, 'cell' | 'seed'>): string => `${cell} ${seed}`;

function matchBySeed(rows: readonly Row[], { runs }: KnownImport, plan: ImportPlan): Matched {
  const before = new Map(runs.filter(isComplete).map((run) => [atSeed(run), run]));
  const pairs = rows.flatMap((row) => {
    const found = before.get(atSeed(row.run));
    return found === undefined || !isComplete(row.run) ? [] : [{ row, before: found }];
  });
  return {
    known: pairs.map(({ row }) => row),
    pairs,
    missing: before.size - pairs.length,
    mistakes: pairs.flatMap((pair) => changes(pair, plan)),
  };
}

function changes(
  { row: { run, place }, before }: Matched['pairs'][number],
  { definition: { imported } }: ImportPlan,
): ImportMistake[] {
  return (Object.entries(imported.metrics) as [keyof PlannedRun['metrics'], string][]).flatMap(
    ([metric, column]) => {
      const [now, then] = [run.metrics[metric], before.metrics[metric]];
      if (now === then) return [];
      const message = `${metric} of this run is ${now ?? 'missing'} here and ${then ?? 'missing'} in the study, and a run that finished never changes.`;
      return [{ place, column, message, remedy: AS_ANOTHER }];
    },
  );
}

/** Of replicates without seeds only the results tell which they are. */
function matchByResults(rows: readonly Row[], { runs }: KnownImport, plan: ImportPlan): Matched {
  const keyOf = ({ cell, metrics }: Pick<KnownRun, 'cell' | 'metrics'>): string =>
    `${cell} ${canonicalJson(metrics)}`;
  const complete = runs.filter(isComplete);
  const before = Map.groupBy(complete, keyOf);
  const pairs = rows.flatMap((row) => {
    const found = isComplete(row.run) ? before.get(keyOf(row.run))?.pop() : undefined;
    return found === undefined ? [] : [{ row, before: found }];
  });
  const known = new Set(pairs.map(({ row }) => row));
  const lost = Map.groupBy([...before.values()].flat(), ({ cell }) => cell);
  const factorsOf = new Map(plan.cells.map(({ id, factors }) => [id, factors]));
  const unsure = new Map(
    rows.flatMap((row) =>
      isComplete(row.run) && !known.has(row) && lost.has(row.run.cell) ? [[row.run.cell, row]] : [],
    ),
  );
  return {
    ...{ known: [...known], pairs },
    missing: complete.length - pairs.length,
    mistakes: [...unsure].map(([cell, { place, row }]) => {
      const count = lost.get(cell)?.length ?? 0;
      const own = plan.runs[row]?.cell ?? cell;
      const message = `${counted(count, 'run')} of its cell (${cellText(factorsOf.get(own) ?? {}) || 'the only cell'}) in the study ${count === 1 ? 'has' : 'have'} results that are not in this file, and there are no seeds, so nobody can tell whether this is a further run or one of them with another result.`;
      return { place, column: null, message, remedy: AS_ANOTHER };
    }),
  };
}

/** Runs that did not finish are the study's by their names, or without names by how many there are. */
function matchUnfinished(rows: readonly Row[], { runs }: KnownImport, hasSeeds: boolean): Row[] {
  const keyOf = (run: Pick<KnownRun, 'cell' | 'seed'>): string => (hasSeeds ? atSeed(run) : run.cell);
  const before = Map.groupBy(
    runs.filter((run) => !isComplete(run)),
    keyOf,
  );
  const take = ({ run }: Row, isIt: (known: KnownRun) => boolean): boolean => {
    const left = before.get(keyOf(run));
    const place = left?.findIndex(isIt) ?? -1;
    if (place >= 0) left?.splice(place, 1);
    return place >= 0;
  };
  const unfinished = rows.filter(({ run }) => !isComplete(run));
  const named = new Set(unfinished.filter((row) => take(row, ({ note }) => note === row.run.note)));
  const unnamed = unfinished.filter((row) => row.run.note === '' && !named.has(row));
  return [...named, ...unnamed.filter((row) => take(row, () => true))];
}

/** Without seeds the numbers of a cell go on. */
function renumbered(added: readonly Row[], { runs }: KnownImport): PlannedRun[] {
  const next = new Map<string, number>();
  for (const { cell, seed } of runs) next.set(cell, Math.max(next.get(cell) ?? 0, seed + 1));
  const seeds = new Map<Row, number>();
  for (const row of added.toSorted((one, other) => one.run.seed - other.run.seed)) {
    const seed = next.get(row.run.cell) ?? 0;
    seeds.set(row, seed);
    next.set(row.run.cell, seed + 1);
  }
  return added.map((row) => ({ ...row.run, seed: seeds.get(row) ?? 0 }));
}

/** Columns that were the same in every run of the study and no longer are: further runs of its cells would be of other cells. */
function newFactors(
  source: ForeignRuns,
  columns: readonly string[],
  { known, added }: { readonly known: readonly Row[]; readonly added: readonly Row[] },
): ImportMistake[] {
  return columns.flatMap((column) => {
    const valueOf = ({ row }: Row): string => JSON.stringify(source.runs[row]?.values.get(column) ?? null);
    const before = new Set(known.map(valueOf));
    const other = before.size === 1 ? added.find((row) => !before.has(valueOf(row))) : undefined;
    if (other === undefined) return [];
    const [one = ''] = before;
    const message = `it is ${valueOf(other)}, and ${one} in every run that the study has, so it may be a factor that the study does not have.`;
    return [{ place: other.place, column, message, remedy: NO_FACTOR }];
  });
}

const NO_FACTOR: Remedy = {
  command:
    'Import all of these runs as a study of their own (--study NAME); or, if it is no factor, name those that are (--factor COLUMN …).',
  page: 'Give the study another name below to import all of these runs as one of their own; or, if it is no factor, leave the column out of the file.',
};

function finishedNotes(added: readonly Row[], { runs }: KnownImport, hasSeeds: boolean): string[] {
  const unfinished = new Set(runs.filter((run) => !isComplete(run)).map(atSeed));
  const finished = added.filter(({ run }) => hasSeeds && isComplete(run) && unfinished.has(atSeed(run)));
  const [first] = finished;
  if (!first) return [];
  const more = finished.length > 1 ? ` and ${whole(finished.length - 1)} more` : '';
  return [
    `${counted(finished.length, 'run')} that had not finished when the study was imported ${finished.length === 1 ? 'has' : 'have'} finished since, or been repeated: ${first.place}${more}.`,
  ];
}

function curveNotes(pairs: Matched['pairs']): string[] {
  const without = pairs.filter(
    ({ row, before }) => !before.hasCurves && Object.keys(row.run.points).length > 0,
  );
  return without.length === 0
    ? []
    : [
        `${counted(without.length, 'run')} that the study has without curves ${without.length === 1 ? 'stays' : 'stay'} without them.`,
      ];
}
