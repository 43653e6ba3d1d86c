import type {
  Analysis,
  AnalysisResult,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';
import {
  measureColumns,
  placeResults,
  type LayerFile,
  type MeasureColumn,
  type Scope,
} from '../../layers/layer-measures.ts';

/** A measure and its numbers about one layer: one about all of it, or one for each channel or pair. */
export interface MeasureFindings {
  readonly column: MeasureColumn;
  readonly results: readonly AnalysisResult[];
}

/** `Probe accuracy, features spatial`: the measure and by what its column differs from its neighbours. */
export function columnTitle({ measure, variant }: MeasureColumn): string {
  return variant === '' ? measure.title : `${measure.title}, ${variant}`;
}

/** All that one method says about one layer. */
export interface MethodFindings {
  readonly method: MethodDescription;
  readonly analysis: Analysis;
  readonly whole: readonly MeasureFindings[];
  readonly channels: readonly MeasureFindings[];
  /** Seen from the layer: `other` is what it is compared with, whichever of both the method has named first. */
  readonly pairs: readonly MeasureFindings[];
}

/** Of each layer what it is told; made once for a run, since sorting results into columns takes all of them. */
export type FindingsOf = (layer: string | null) => readonly MethodFindings[];

/** Methods that say nothing about a layer are left out. */
export function findingsByLayer(
  methods: readonly MethodDescription[],
  analyses: readonly Analysis[],
): FindingsOf {
  const sorted = methods.flatMap((method) => {
    const analysis = analyses.find((each) => each.method === method.name);
    return analysis
      ? [
          {
            ...{ method, analysis },
            whole: sortIntoColumns(method, analysis, 'whole'),
            channels: sortIntoColumns(method, analysis, 'channel'),
            pairs: sortIntoColumns(method, analysis, 'pair'),
          },
        ]
      : [];
  });
  return (layer) =>
    sorted
      .map(({ method, analysis, whole, channels, pairs }) => ({
        ...{ method, analysis },
        whole: ofLayer(whole, layer),
        channels: ofLayer(channels, layer),
        pairs: ofLayer(pairs, layer),
      }))
      .filter((findings) =>
        [findings.whole, findings.channels, findings.pairs].some((own) => own.length > 0),
      );
}

/** The files that the methods have left of a layer. */
export function filesOfLayer(analyses: readonly Analysis[], layer: string | null): LayerFile[] {
  return analyses.flatMap((analysis) =>
    analysis.files.filter((file) => file.layer === layer).map((file) => ({ analysis, file })),
  );
}

interface SortedColumn {
  readonly column: MeasureColumn;
  readonly byLayer: ReadonlyMap<string | null, readonly AnalysisResult[]>;
}

function sortIntoColumns(method: MethodDescription, analysis: Analysis, scope: Scope): SortedColumn[] {
  const placed = Map.groupBy(placeResults(analysis, scope), ({ column }) => column);
  return measureColumns(method, analysis, scope).map((column) => {
    const results = (placed.get(column.key) ?? []).map(({ result }) => result);
    const seen = [...results, ...results.flatMap((result) => fromTheOther(result, analysis.run))];
    return { column, byLayer: Map.groupBy(seen, ({ layer }) => layer) };
  });
}

/** A pair of two layers of one run is told once; this is how the other one sees it. */
function fromTheOther(result: AnalysisResult, run: string): AnalysisResult[] {
  const { layer, other } = result;
  if (other?.run !== run || layer === null || other.layer === layer) return [];
  return [{ ...result, layer: other.layer, role: null, other: { run, layer } }];
}

function ofLayer(columns: readonly SortedColumn[], layer: string | null): MeasureFindings[] {
  return columns.flatMap(({ column, byLayer }) => {
    const results = byLayer.get(layer);
    return results === undefined ? [] : [{ column, results }];
  });
}
