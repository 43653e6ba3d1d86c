import { whole } from '../../../numbers.ts';
import { Problem } from '../../../mistakes/problem.ts';
import type { LeftOutCell } from '../../cells/left-out-cells.ts';

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
  /** Null where the panels are matrices; else their shares are differences from one of them. */
  readonly difference: ConfusionDifference | null;
  /** Those of which runs are left out. */
  readonly leftOut: readonly LeftOutCell[];
  /** What is to be said: above all of runs that are left out. */
  readonly notes: readonly string[];
}

/** What is known of differences of matrices besides how large they are. */
export interface ConfusionDifference {
  /** What the matrix is called from which they are. */
  readonly from: string;
  /** By panel, true and predicted class; null where no run has an image. */
  readonly squares: readonly (readonly (readonly (SquareDifference | null)[])[])[];
}

export interface SquareDifference {
  /** Mean share over the runs of the panel, and over those of the matrix from which it differs. */
  readonly shares: readonly [own: number, from: number];
  /** How many runs these are of. */
  readonly n: readonly [own: number, from: number];
  /** Two-sided t test, then adjusted for the number of squares; null without a test. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly isSignificant: boolean;
}

/** Of more classes a matrix is drawn as an image: its squares would be less than a millimetre on paper. */
const MOST_CLASSES = 50;
/** So are matrices with more squares than this together: each is a mark of its own, of which TeX holds about twice as many. */
const MOST_SQUARES = 6000;
/** More matrices cannot be compared by eye. */
const MOST_PANELS = 36;

/** Whether matrices are images, whose squares have no numbers. */
export function isImage({ classes, panels }: Pick<ConfusionData, 'classes' | 'panels'>): boolean {
  return classes.length > MOST_CLASSES || panels.length * classes.length ** 2 > MOST_SQUARES;
}

/**
 * Confusion matrices side by side; runs with the same label are added up.
 *
 * @param account which runs are left out of which cells, and what is to be said of them.
 * @throws Problem `usage` where there is none, where their classes differ in number, or for more than can be compared.
 */
export function confusionData(
  classes: readonly string[],
  sources: readonly ConfusionSource[],
  account: Pick<ConfusionData, 'leftOut' | 'notes'> = { leftOut: [], notes: [] },
): ConfusionData {
  const names = classNames(classes, sources);
  const groups = [...Map.groupBy(sources, ({ label }) => label)];
  requireFew(groups.length);
  const panels = groups.map(([label, members]): ConfusionPanel => {
    const counts = names.map((_, row) =>
      names.map((__, column) =>
        members.reduce((sum, member) => sum + (member.counts[row]?.[column] ?? 0), 0),
      ),
    );
    return { label, runs: members.map(({ run }) => run), counts, shares: sharesOf(counts) };
  });
  return {
    ...{ classes: names, panels, difference: null, leftOut: account.leftOut },
    notes: [imageNote({ classes: names, panels }), ...account.notes],
  };
}

/** Of each true class those predicted as each; null for a class without images. */
export function sharesOf(counts: ConfusionSource['counts']): ConfusionPanel['shares'] {
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? null : count / total));
  });
}

/** @throws Problem `usage` where there is no matrix, or where their classes differ in number */
export function classNames(
  classes: readonly string[],
  sources: readonly Pick<ConfusionSource, 'counts'>[],
): readonly string[] {
  const size = sources[0]?.counts.length;
  if (size === undefined)
    throw new Problem('usage', 'None of these runs is complete, so there is no confusion matrix.');
  if (sources.some(({ counts }) => counts.length !== size)) {
    throw new Problem(
      'usage',
      'These runs were trained on different numbers of classes: choose runs of one data set.',
    );
  }
  return classes.length === size ? classes : Array.from({ length: size }, (_, place) => String(place));
}

/** @throws Problem `usage` */
export function requireFew(panels: number): void {
  if (panels <= MOST_PANELS) return;
  throw new Problem(
    'usage',
    `${panels} confusion matrices are too many to compare (at most ${MOST_PANELS}): filter the runs.`,
  );
}

export function imageNote(data: Pick<ConfusionData, 'classes' | 'panels'>): string {
  if (!isImage(data)) return '';
  const reason =
    data.classes.length > MOST_CLASSES ? `${MOST_CLASSES} classes` : `${whole(MOST_SQUARES)} squares`;
  return `drawn as images without numbers, because there are more than ${reason}`;
}
