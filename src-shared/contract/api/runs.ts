import { z } from 'zod';
import { curveMetricSchema } from '../../metrics/imported-metric.ts';
import { type FoundHistograms, wantedHistogramsSchema } from '../../metrics/layer-histograms.ts';
import type { CellRow, RunRow } from '../../runs/run-row.ts';
import type { Provenance } from '../../studies/run-record.ts';
import type { Artifact } from '../../studies/trainer-protocol.ts';
import type { Curve, RunConfusion } from '../../runs/curve.ts';
import { nothing, request } from './request.ts';
import { tagSchema } from './studies.ts';

/** Every run outside the trash, in the order in which they were added, with the cells they belong to. */
export interface RunTable {
  readonly runs: readonly RunRow[];
  readonly cells: readonly CellRow[];
}

/** The same with the names of the classes of their data sets, as far as they are known. */
export interface NamedRunTable extends RunTable {
  readonly classes: readonly { readonly dataset: string; readonly names: readonly string[] }[];
}

export interface RunDetail {
  readonly row: RunRow;
  readonly cell: CellRow;
  readonly provenance: Provenance | null;
  readonly artifacts: readonly Artifact[];
  /** Names of the classes; empty where the data set is not there any more. */
  readonly classes: readonly string[];
}

/** Filter, order, columns and grouping of the page Runs under a name. `query` is checked by the page that wrote it. */
export interface SavedView {
  readonly name: string;
  readonly query: unknown;
  readonly updatedAt: string;
}

/** Runs of a study in the trash, which are not the whole of it. */
export interface TrashedRuns {
  readonly study: string;
  /** Ids. */
  readonly runs: readonly string[];
  /** What emptying the trash frees of them. */
  readonly bytes: number;
  /** When the last one was trashed; ISO 8601, UTC. */
  readonly trashedAt: string;
}

const runs = z.strictObject({ runs: z.array(z.string()) });
const someRuns = z.strictObject({ runs: z.array(z.string()).min(1) });

const annotationBackSchema = z.strictObject({
  run: z.string(),
  note: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  addTags: z.array(z.string()),
  removeTags: z.array(z.string()),
});
/** How what was written about a run is taken back; without a note, that stays as it is. */
export type AnnotationBack = z.infer<typeof annotationBackSchema>;

export const runRequests = {
  'runs.table': request<NamedRunTable>()(nothing),
  /** Ids in order, by the filter language of src-shared/runs; for scripts, the page filters by itself. */
  'runs.query': request<{ readonly runs: readonly string[]; readonly total: number }>()(
    z.strictObject({
      filter: z.string(),
      sort: z.array(z.strictObject({ column: z.string(), descending: z.boolean() })),
      offset: z.int().min(0),
      limit: z.int().min(1).max(100_000),
    }),
  ),
  'runs.get': request<RunDetail>()(z.strictObject({ run: z.string() })),
  'runs.curves': request<readonly Curve[]>()(
    z.strictObject({ runs: z.array(z.string()), metric: curveMetricSchema }),
  ),
  /** Of those of these runs that have any. */
  'runs.histograms': request<FoundHistograms>()(
    z.strictObject({ runs: z.array(z.string()), ...wantedHistogramsSchema.shape }),
  ),
  /** With what and from which sources these were trained; null before they began. */
  'runs.provenances':
    request<readonly { readonly run: string; readonly provenance: Provenance | null }[]>()(runs),
  /** Of the complete ones among these. */
  'runs.confusions': request<readonly RunConfusion[]>()(runs),
  /** Sets the note (if given), adds and removes tags; answers the rows as they are then. */
  'runs.annotate': request<readonly RunRow[]>()(
    z.strictObject({
      runs: z.array(z.string()).min(1),
      note: z.string().max(10_000).optional(),
      addTags: z.array(tagSchema).default([]),
      removeTags: z.array(z.string()).default([]),
    }),
  ),
  /**
   * Takes back what was written about runs, each on its own: tags go and come, a note becomes `to` where it still is `from`. Answers the
   * rows as they are then, and the runs whose note had changed, which stays.
   */
  'runs.annotateBack': request<{ readonly rows: readonly RunRow[]; readonly changed: readonly string[] }>()(
    z.strictObject({ runs: z.array(annotationBackSchema).min(1) }),
  ),
  /** Ends runs that train after their present step: they become `interrupted`, and go on with a start of their study. */
  'runs.cancel': request<null>()(someRuns),
  /** Passes over runs that wait, train, or have ended without a result, until they are repeated. */
  'runs.skip': request<null>()(someRuns),
  /** Has waiting runs of studies that are under way begin before all others, in this order. */
  'runs.first': request<null>()(someRuns),
  /** Trains them anew, and nothing else of their studies where these are not under way. Answers the ids of the new runs. */
  'runs.repeat': request<{ readonly runs: readonly string[] }>()(someRuns),
  /** Has runs go on that were interrupted or failed from outside, and nothing else of their studies where these are not under way. */
  'runs.goOn': request<null>()(someRuns),
  /** Moves runs that have ended to the trash: they count nowhere. */
  'runs.trash': request<null>()(someRuns),
  'runs.restore': request<null>()(someRuns),
  'runs.trashed': request<readonly TrashedRuns[]>()(nothing),
  'views.list': request<readonly SavedView[]>()(nothing),
  'views.save': request<SavedView>()(
    z.strictObject({ name: z.string().min(1).max(100), query: z.unknown() }),
  ),
  'views.remove': request<null>()(z.strictObject({ name: z.string() })),
} as const;
