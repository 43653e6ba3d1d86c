import { extent } from 'd3-array';
import type {
  Analysis,
  AnalysisFile,
  AnalysisResult,
  MeasureDescription,
  MethodDescription,
} from '../../src-shared/analysis/analysis-result.ts';
import type { DrawnBlock } from '../../src-shared/networks/lay-out-network.ts';

/** One measure of one method; several where its numbers were taken under several settings. */
export interface MeasureColumn {
  readonly key: string;
  readonly method: MethodDescription;
  readonly measure: MeasureDescription;
  /** The settings by which it differs from its neighbours, e.g. `features spatial`; empty without such. */
  readonly variant: string;
  /** From the lowest to the highest of its numbers, intervals and baselines; zero is within. */
  readonly scale: readonly [low: number, high: number];
}

export interface LayerFile {
  readonly analysis: Analysis;
  readonly file: AnalysisFile;
}

export interface MeasuredLayer {
  /** Of a layer, or of what the methods take apart. Null for the whole network. */
  readonly name: string | null;
  readonly role: string | null;
  /** By the key of the column. */
  readonly results: ReadonlyMap<string, AnalysisResult>;
  readonly pictures: readonly LayerFile[];
}

/** What a number is about: all of a layer (or of the network), one channel of it, or it and another layer. */
export type Scope = 'whole' | 'channel' | 'pair';

/** The newest analysis of each method: the others are of other settings, or of other runs to compare with. */
export function newestAnalyses(analyses: readonly Analysis[]): Analysis[] {
  const newest = new Map<string, Analysis>();
  for (const analysis of analyses) {
    const known = newest.get(analysis.method);
    if (known === undefined || known.createdAt <= analysis.createdAt) newest.set(analysis.method, analysis);
  }
  return [...newest.values()];
}

/** A result and the key of the column that it belongs to. */
export interface PlacedResult {
  readonly column: string;
  readonly variant: string;
  readonly result: AnalysisResult;
}

/** The columns of a method: those of its measures of which a number of this scope is known. */
export function measureColumns(
  method: MethodDescription,
  analysis: Analysis,
  scope: Scope = 'whole',
): MeasureColumn[] {
  const placed = placeResults(analysis, scope);
  return method.measures.flatMap((measure) => {
    const own = placed.filter(({ result }) => result.measure === measure.name);
    return [...new Set(own.map(({ column }) => column))].map((key) => {
      const shown = own.filter(({ column }) => column === key);
      const variant = shown[0]?.variant ?? '';
      return { key, method, measure, variant, scale: scaleOf(shown.map(({ result }) => result)) };
    });
  });
}

/** A row for each layer of which something is known, in the order of the network; last what is of all of it. */
export function measuredLayers(
  analyses: readonly Analysis[],
  blocks: readonly DrawnBlock[],
): MeasuredLayer[] {
  const rows = new Map<string | null, LayerFindings>();
  const rowOf = (name: string | null): LayerFindings => {
    const row = rows.get(name) ?? { role: null, results: new Map(), pictures: [] };
    rows.set(name, row);
    return row;
  };
  for (const analysis of analyses) {
    for (const { column, result } of placeResults(analysis, 'whole')) {
      const row = rowOf(result.layer);
      row.role ??= result.role;
      row.results.set(column, result);
    }
    for (const file of analysis.files)
      if (file.kind === 'picture') rowOf(file.layer).pictures.push({ analysis, file });
  }
  const places = placesOf(blocks);
  return [...rows]
    .map(([name, row]) => ({ name, ...row, role: row.role ?? places.roles.get(name ?? '') ?? null }))
    .sort((one, other) => places.of(one.name) - places.of(other.name));
}

interface LayerFindings {
  role: string | null;
  readonly results: Map<string, AnalysisResult>;
  readonly pictures: LayerFile[];
}

/** The results of a scope with the column that each belongs to. */
export function placeResults({ method, results }: Analysis, scope: Scope): PlacedResult[] {
  const ofScope = results.filter((result) => scopeOf(result) === scope);
  const ofMeasures = [...Map.groupBy(ofScope, ({ measure }) => measure)];
  const telling = new Map(ofMeasures.map(([measure, own]) => [measure, varyingSettings(own)]));
  return ofScope.map((result) => {
    const names = telling.get(result.measure) ?? [];
    const variant = names.map((name) => `${name} ${String(result.settings[name] ?? '–')}`).join(', ');
    return { column: [method, result.measure, variant].join('\n'), variant, result };
  });
}

function scopeOf({ channel, other }: AnalysisResult): Scope {
  if (other !== undefined) return 'pair';
  return channel === null ? 'whole' : 'channel';
}

/** Settings that tell numbers of a measure of one thing apart. What differs only between layers is no column. */
function varyingSettings(results: readonly AnalysisResult[]): string[] {
  const groups = Map.groupBy(results, ({ layer, channel, other }) =>
    [layer, channel, other?.run, other?.layer].join('\n'),
  );
  const varying = [...groups.values()].flatMap((group) => {
    const names = new Set(group.flatMap(({ settings }) => Object.keys(settings)));
    return [...names].filter((name) => new Set(group.map(({ settings }) => settings[name])).size > 1);
  });
  return [...new Set(varying)];
}

function scaleOf(results: readonly AnalysisResult[]): readonly [number, number] {
  const numbers = results.flatMap(({ value, interval, baselines }) =>
    [value, ...(interval ?? []), ...Object.values(baselines)].filter((each) => each !== null),
  );
  const [low = 0, high = 0] = extent([0, ...numbers]);
  return [low, high > low ? high : low + 1];
}

/** What can be looked at alone: a layer, or what a method takes apart; null is the whole network. */
export interface LayerPlace {
  readonly name: string | null;
  readonly role: string | null;
  /** Which of the network's layers it is, counted from 1; null for what is no layer. */
  readonly number: number | null;
}

/** The layers of the network and what the methods have taken apart, in its order; last the network itself. */
export function placesInOrder(blocks: readonly DrawnBlock[], analyses: readonly Analysis[]): LayerPlace[] {
  const places = placesOf(blocks);
  const roles = new Map<string | null, string | null>(places.roles);
  const numbers = new Map<string | null, number>([...places.roles.keys()].map((name, at) => [name, at + 1]));
  for (const { results, files } of analyses) {
    for (const { layer, role } of results) if (!roles.has(layer)) roles.set(layer, role);
    for (const { layer } of files) if (!roles.has(layer)) roles.set(layer, null);
  }
  return [...roles.set(null, null)]
    .map(([name, role]) => ({ name, role, number: numbers.get(name) ?? null }))
    .sort((one, other) => places.of(one.name) - places.of(other.name));
}

/** Where names stand in the network: layers by their order, modules and their parts behind their layers. */
function placesOf(blocks: readonly DrawnBlock[]) {
  const layers = blocks.flatMap((block) => block.layers.map(({ layer }) => ({ block: block.name, layer })));
  const roles = new Map(layers.map(({ layer }) => [layer.name, layer.role]));
  const of = (name: string | null): number => {
    if (name === null) return layers.length;
    const exact = layers.findIndex(({ layer }) => layer.name === name);
    if (exact >= 0) return exact;
    const last = layers.findLastIndex(({ block }) => name === block || name.startsWith(`${block}/`));
    return last >= 0 ? last + 0.5 : layers.length - 0.5;
  };
  return { roles, of };
}
