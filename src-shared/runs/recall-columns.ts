import type { Column } from './column.ts';
import type { RunIndex } from './run-index.ts';

/** Of a data set with more classes the table of runs has no recalls: thousands of runs would be too much for it. */
export const MOST_RECALLS = 100;

/**
 * `recall.3`: of the test images of one class the share that is recognized.
 *
 * @param place of the class among those of its data set, from 0.
 * @param name of the class, if it is known.
 */
function recallColumn(place: number, name = `class ${place}`): Column {
  return {
    ...{ key: `recall.${place}`, title: `recall of ${name}`, short: name, kind: 'share', better: 'higher' },
    judge: 'validationAccuracy',
    value: (row) => row.recalls[place] ?? null,
  };
}

/**
 * The recall that `name` names, `recall.3` or, where the names of classes are known, `recall.cat`; null where it names
 * none.
 */
export function findRecallColumn(name: string, classes: readonly string[] = []): Column | null {
  const [, of] = /^recall\.(.+)$/i.exec(name) ?? [];
  if (of === undefined) return null;
  const named = classes.indexOf(of);
  if (named >= 0) return recallColumn(named, of);
  const place = /^\d{1,4}$/.test(of) ? Number(of) : MOST_RECALLS;
  return place < MOST_RECALLS ? recallColumn(place, classes[place]) : null;
}

/** The recalls that runs have, one column a class. @param classes their names, as far as they are known */
export function recallColumns({ rows }: RunIndex, classes: readonly string[] = []): Column[] {
  const most = rows.reduce((length, { recalls }) => Math.max(length, recalls.length), 0);
  return Array.from({ length: most }, (_, place) => recallColumn(place, classes[place]));
}

/** The names of the classes of runs; empty where they are of several data sets, or of one that is not there any more. */
export function classNames({ classes }: RunIndex, datasets: Iterable<string>): readonly string[] {
  const [dataset, ...others] = new Set(datasets);
  return dataset === undefined || others.length > 0 ? [] : (classes.get(dataset) ?? []);
}
