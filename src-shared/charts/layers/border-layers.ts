import { nullIfProblem } from '../../mistakes/null-if-problem.ts';
import type { NetworkContext } from '../../networks/family.ts';
import type { Graph } from '../../networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../networks/parse-network.ts';
import { receptiveFields } from '../../networks/receptive-field.ts';
import type { ChartSource } from '../chart-source.ts';
import type { CellTable, MeasuredCell } from '../cells/measured-cell.ts';
import type { LayerTable } from './layer-table.ts';

/** What the images of a data set are; null where that is not known (any more). */
export type ImagesOf = (dataset: string) => NetworkContext | null;

/** What the images of the cells' data sets are. */
export async function imagesOfCells(
  { cells }: CellTable,
  { dataset }: Pick<ChartSource, 'dataset'>,
): Promise<ImagesOf> {
  const names = [...new Set(cells.map((cell) => cell.dataset))];
  const images = new Map(
    await Promise.all(names.map(async (name) => [name, (await dataset(name))?.images ?? null] as const)),
  );
  return (name) => images.get(name) ?? null;
}

/**
 * Of each cell's layers that are shown the first whose theoretical receptive field exceeds the image: from there on a
 * layer sees all of it, and the padding. It follows from the network alone.
 */
export function borderLayers(table: LayerTable, { cells }: CellTable, imagesOf: ImagesOf): string[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const borders = table.cells.flatMap(({ id, layers }) => {
    const cell = byId.get(id);
    const graph = cell && graphOf(cell, imagesOf);
    if (!graph) return [];
    const fields = receptiveFields(graph);
    const side = Math.max(graph.input[0], graph.input[1]);
    return table.layers.find((name) => layers.has(name) && (fields.get(name)?.size ?? 0) > side) ?? [];
  });
  return [...new Set(borders)];
}

/** Of a chart that is gathered: each of its parts asks for the same graphs. */
const resolved = new WeakMap<ImagesOf, WeakMap<MeasuredCell, Graph | null>>();

/** Null for a cell without a description, or one that does not suit the images that the data set has now. Resolved once for one `imagesOf`. */
export function graphOf(cell: MeasuredCell, imagesOf: ImagesOf): Graph | null {
  const known = resolved.get(imagesOf) ?? new WeakMap<MeasuredCell, Graph | null>();
  resolved.set(imagesOf, known);
  const before = known.get(cell);
  if (before !== undefined) return before;
  const graph = resolve(cell, imagesOf);
  known.set(cell, graph);
  return graph;
}

function resolve({ network, dataset, images: own }: MeasuredCell, imagesOf: ImagesOf): Graph | null {
  const images = own ?? imagesOf(dataset);
  if (network === null || images === null) return null;
  return nullIfProblem(() => resolveNetwork(parseNetwork(network), images));
}
