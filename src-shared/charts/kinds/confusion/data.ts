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
  /** Those of which runs are left out. */
  readonly leftOut: readonly LeftOutCell[];
  /** What is to be said: above all of runs that are left out. */
  readonly notes: readonly string[];
}

/** Of more classes a matrix is drawn as an image: its squares would be less than a millimetre on paper. */
const MOST_CLASSES = 50;
/** So are matrices with more squares than this together: each is a mark of its own, of which TeX holds about twice as many. */
const MOST_SQUARES = 6000;
/** What the colours mean, in less and less room. */
export const SHARE_TITLES = ['share of the true class (%)', 'share (%)', '%'];
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
  const groups = [...Map.groupBy(sources, ({ label }) => label)];
  if (groups.length > MOST_PANELS) {
    throw new Problem(
      'usage',
      `${groups.length} confusion matrices are too many to compare (at most ${MOST_PANELS}): filter the runs.`,
    );
  }
  const panels = groups.map(([label, members]): ConfusionPanel => {
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
  return {
    ...{ classes: names, panels, leftOut: account.leftOut },
    notes: [imageNote({ classes: names, panels }), ...account.notes],
  };
}

function imageNote(data: Pick<ConfusionData, 'classes' | 'panels'>): string {
  if (!isImage(data)) return '';
  const reason =
    data.classes.length > MOST_CLASSES
      ? `${MOST_CLASSES} classes`
      : `${MOST_SQUARES.toLocaleString('en-US')} squares`;
  return `drawn as images without numbers, because there are more than ${reason}`;
}
