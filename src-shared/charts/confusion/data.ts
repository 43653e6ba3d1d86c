import { Problem } from '../../contract/problem.ts';

/** The confusion of one run; rows are true classes. */
export interface ConfusionSource {
  readonly run: string;
  readonly label: string;
  readonly counts: readonly (readonly number[])[];
}

export interface ConfusionPanel {
  readonly label: string;
  readonly runs: readonly string[];
  /** Rows are true classes, columns predicted ones; summed over the runs. */
  readonly counts: readonly (readonly number[])[];
  /** Of a true class's images those predicted as each; null for a class without images. */
  readonly shares: readonly (readonly (number | null)[])[];
}

export interface ConfusionData {
  readonly classes: readonly string[];
  readonly panels: readonly ConfusionPanel[];
  /** What is to be said of runs that are left out; empty without such. */
  readonly notes: readonly string[];
}

/**
 * Confusion matrices side by side; runs with the same label are added up.
 *
 * @param notes what is to be said of runs that are left out.
 * @throws Problem `usage` where there is none, or where their classes differ in number.
 */
export function confusionData(
  classes: readonly string[],
  sources: readonly ConfusionSource[],
  notes: readonly string[] = [],
): ConfusionData {
  const size = sources[0]?.counts.length;
  if (size === undefined)
    throw new Problem('usage', 'None of these runs is complete, so there is no confusion matrix.');
  if (sources.some(({ counts }) => counts.length !== size)) {
    throw new Problem(
      'usage',
      'These runs were trained on different numbers of classes: choose runs of one data set.',
    );
  }
  const names = classes.length === size ? classes : Array.from({ length: size }, (_, place) => String(place));
  const panels = [...Map.groupBy(sources, ({ label }) => label)].map(([label, members]): ConfusionPanel => {
    const counts = names.map((_, row) =>
      names.map((__, column) =>
        members.reduce((sum, member) => sum + (member.counts[row]?.[column] ?? 0), 0),
      ),
    );
    const shares = counts.map((row) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count) => (total === 0 ? null : count / total));
    });
    return { label, runs: members.map(({ run }) => run), counts, shares };
  });
  return { classes: names, panels, notes };
}
