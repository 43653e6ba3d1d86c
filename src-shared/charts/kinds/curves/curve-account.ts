import { leftOutText } from '../../cells/account-notes.ts';
import type { LeftOutCell } from '../../cells/left-out-cells.ts';
import type { CurveChoice } from './choose-curves.ts';

/** Which runs are not in the lines, or not to their ends. */
export interface CurveAccount {
  /** `480 of 1,240 runs, evenly over cells`; empty where all are drawn. */
  readonly sample: string;
  /** By the line's key: `1 not begun`, and `1 diverged` of its runs whose curves end early; each empty without such. */
  readonly byLine: ReadonlyMap<string, { readonly leftOut: string; readonly early: string }>;
  /** Cells whose left-out runs are in no one line. */
  readonly others: readonly { readonly label: string; readonly leftOut: string }[];
}

/**
 * @param about `areMeans`: whether a line is a mean. The runs that a cell lacks are missing from the one mean that has its
 *   others; lines of single runs lack none.
 */
export function curveAccount(
  lines: readonly { readonly key: string; readonly runs: readonly string[] }[],
  { sample, leftOut, early }: Pick<CurveChoice, 'sample' | 'leftOut' | 'early'>,
  { cellOf, areMeans }: { readonly cellOf: (run: string) => string; readonly areMeans: boolean },
): CurveAccount {
  const linesOf = new Map<string, Set<string>>();
  for (const { key, runs } of areMeans ? lines : [])
    for (const cell of new Set(runs.map(cellOf)))
      linesOf.set(cell, (linesOf.get(cell) ?? new Set<string>()).add(key));
  const lineOf = ({ cell }: LeftOutCell): string | null => {
    const [key, ...others] = linesOf.get(cell) ?? [];
    return key === undefined || others.length > 0 ? null : key;
  };
  const ofLine = Map.groupBy(leftOut, lineOf);
  return {
    sample,
    byLine: new Map(
      lines.map(({ key, runs }) => {
        const own = new Set(runs);
        return [
          key,
          {
            leftOut: leftOutText((ofLine.get(key) ?? []).flatMap((cell) => cell.leftOut)),
            early: leftOutText(early.filter(({ run }) => run !== null && own.has(run))),
          },
        ];
      }),
    ),
    others: (ofLine.get(null) ?? []).map((cell) => ({
      ...{ label: cell.label, leftOut: leftOutText(cell.leftOut) },
    })),
  };
}
