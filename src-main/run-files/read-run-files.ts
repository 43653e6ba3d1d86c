import { counted } from '../../src-shared/counted.ts';
import { NAMES } from '../../src-shared/imports/column-roles.ts';
import type { ForeignRun, ForeignRuns, ForeignValue } from '../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { andList, orList } from '../../src-shared/lists.ts';
import type { JobControl } from '../work/do-job.ts';
import { noFiles, openSource } from './open-source.ts';
import type { StagingProgress } from '../store/write-staged.ts';
import type { ForeignHistory, FoundRuns, RunReader, RunSource } from './reader.ts';
import * as all from './readers/all.ts';

const READERS: readonly RunReader[] = Object.values(all);

/** What can be imported: `tables as CSV, JSON or …`. */
const READABLE = orList(READERS.map(({ title }) => title));

/**
 * Reads all runs of files and folders. What was logged of a run beside the table that it stands in is found by its name or id.
 *
 * @throws Problem `not-found`, or `usage` that names the file and place of what cannot be read
 */
export function readRunFiles(
  paths: readonly string[],
  control: Pick<JobControl<StagingProgress>, 'onProgress'> = {},
): ForeignRuns {
  const read = noFiles();
  const found = paths.map((path) => {
    const source = openSource(path, read);
    control.onProgress?.({ phase: `reading ${source.name}`, share: null });
    return readerOf(source).read(source, control);
  });
  const histories = found.flatMap((each) => each.histories ?? []);
  const runs = joined(placed(found), histories);
  return {
    format: andList(new Set(found.map(({ format }) => format))),
    files: read.files,
    runs: withLastValues(runs),
    sha256: read.hash.digest('hex'),
    hints: new Map([
      // whatever was logged is no setting, however few values it ends at
      ...runs.flatMap(({ curves }) => curves.map(({ tag }) => [tag, 'result'] as const)),
      ...found.flatMap(({ hints }) => [...(hints ?? [])]),
    ]),
    notes: found.flatMap(({ notes }) => notes ?? []),
  };
}

function readerOf(source: RunSource): RunReader {
  const reader = READERS.find((each) => each.claims(source));
  if (reader) return reader;
  throw new Problem('usage', `${source.name} is nothing that runs are imported from: give ${READABLE}.`);
}

/** With more than one table, a row also says of which. */
function placed(found: readonly FoundRuns[]): ForeignRun[] {
  const tables = found.filter(({ runs }) => runs.length > 0);
  if (tables.length <= 1) return tables.flatMap(({ runs }) => [...runs]);
  return tables.flatMap(({ runs }, table) =>
    runs.map((run) => ({ ...run, place: `${run.place} of table ${table + 1}` })),
  );
}

/** Runs with what was logged of them elsewhere; where there is no table, what was logged is all that there is. */
function joined(runs: readonly ForeignRun[], histories: readonly ForeignHistory[]): ForeignRun[] {
  if (runs.length === 0)
    return histories.map(({ run, place, curves, values = [] }) => ({
      ...{ place, curves },
      values: new Map<string, ForeignValue>([['run', run], ...values]),
    }));
  const byName = new Map<string, number>();
  for (const [row, { values }] of runs.entries())
    for (const [column, value] of values)
      if (typeof value === 'string' && NAMES.test(column) && !byName.has(value)) byName.set(value, row);
  const lost = histories.filter(({ run }) => !byName.has(run));
  const [first] = lost;
  if (first)
    throw new Problem(
      'data-invalid',
      `No row of the table is called ${first.run}, of which there are curves${lost.length > 1 ? ` (and ${counted(lost.length - 1, 'further run')})` : ''}: its name or id must stand in a column Name or ID.`,
    );
  const curves = Map.groupBy(histories, ({ run }) => byName.get(run) ?? -1);
  return runs.map((run, row) => ({
    ...run,
    curves: [...run.curves, ...(curves.get(row) ?? []).flatMap((history) => history.curves)],
  }));
}

/** The last value that was logged under a name is the run's result of that name, where its table has none. */
function withLastValues(runs: readonly ForeignRun[]): ForeignRun[] {
  return runs.map((run) => {
    const last = run.curves.flatMap(({ tag, values }): [string, ForeignValue][] => {
      const value = values.at(-1);
      return run.values.has(tag) || value === undefined ? [] : [[tag, value]];
    });
    return last.length === 0 ? run : { ...run, values: new Map([...run.values, ...last]) };
  });
}
