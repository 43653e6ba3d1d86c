import { assertNever } from '../../../src-shared/assert-never.ts';
import type { FigureSource } from '../../../src-shared/figures/figure-specification.ts';
import { queryRuns } from '../../../src-shared/runs/query-runs.ts';
import type { RunIndex } from '../../../src-shared/runs/run-index.ts';
import { messageOf } from '../../connection/request.ts';

/** The runs that a source finds. */
export interface SourceRuns {
  /** Their places in the index. */
  readonly rows: readonly number[];
  /** Ids that the source names and that are not there (any more). */
  readonly missing: readonly string[];
  /** Why nothing can be found; empty where something can. */
  readonly problem: string;
}

export function sourceRuns(index: RunIndex, source: FigureSource): SourceRuns {
  const none = { missing: [], problem: '' };
  switch (source.kind) {
    case 'study': {
      const rows = index.rows.flatMap(({ study }, place) => (study === source.study ? [place] : []));
      return { ...none, rows };
    }
    case 'filter':
      try {
        const query = { filter: source.filter, sort: [], groupBy: [], summarize: [] };
        return { ...none, rows: queryRuns(index, query).rows };
      } catch (error) {
        return { ...none, rows: [], problem: messageOf(error) };
      }
    case 'runs': {
      const places = new Map(index.rows.map(({ id }, place) => [id, place]));
      return {
        ...none,
        rows: source.runs.flatMap((id) => places.get(id) ?? []),
        missing: source.runs.filter((id) => !places.has(id)),
      };
    }
    default:
      return assertNever(source);
  }
}
