import { Problem } from '../../../mistakes/problem.ts';
import { alignNetworks } from '../../../networks/align-networks.ts';
import { branchesOf } from '../../../networks/branches.ts';
import { networkCost } from '../../../networks/costs.ts';
import { layOutNetwork } from '../../../networks/lay-out-network.ts';
import { mean } from '../../../statistics/interval.ts';
import { bestCell } from '../../cells/best-cell.ts';
import { cellText, type CellTable, type MeasuredCell } from '../../cells/measured-cell.ts';
import { graphOf, type ImagesOf } from '../../layers/border-layers.ts';
import type { LayerTable } from '../../layers/layer-table.ts';
import type { GraphRow, GraphSubject, Side } from '../../network/graph-layout.ts';
import { costValues, LAYER_COSTS, type NodeValues } from '../../network/node-colours.ts';
import { nOfTwo } from '../../../numbers.ts';

/** One network, or two with what does the same job on one level. */
export interface NetworkData {
  readonly left: GraphSubject;
  readonly right: GraphSubject | null;
  readonly rows: readonly GraphRow[];
  /** By which nodes are coloured; null for roles. */
  readonly values: NodeValues | null;
  readonly isClosed: boolean;
  readonly notes: readonly string[];
}

export interface NetworkSettings {
  readonly cell: string | null;
  readonly beside: string | null;
  readonly colour: string;
  readonly closed: boolean;
}

const SIDES = ['left', 'right'] as const;

/**
 * @param layers of the measure by which nodes are coloured; null for another colour
 * @throws Problem `usage` for cells that there are not, or whose network cannot be built
 */
export function networkData(
  table: CellTable,
  { cell, beside, colour, closed }: NetworkSettings,
  imagesOf: ImagesOf,
  layers: LayerTable | null,
): NetworkData {
  const first = cell === null ? bestOf(table) : { cell: cellOf(table, cell), note: '' };
  const chosen = [first.cell, ...(beside === null ? [] : [cellOf(table, beside)])];
  const [left, right = null] = chosen.map((cell) => subjectOf(cell, table, imagesOf));
  if (!left) throw new Error('a cell is chosen');
  const rows: GraphRow[] = right
    ? alignNetworks(left.blocks, right.blocks)
    : left.blocks.map((block) => ({ left: block, right: null }));
  const values = layers ? measureValues(layers, chosen) : costsOf(colour, left, right);
  return {
    ...{ left, right, rows, values, isClosed: closed },
    notes: [first.note, ...(layers ? measureNotes(layers, chosen) : [])],
  };
}

/** @throws Problem `usage` for one that there is not */
function cellOf({ cells }: CellTable, id: string): MeasuredCell {
  const cell = cells.find((each) => each.id === id);
  if (cell) return cell;
  const known = cells.map((each) => each.id).join(', ');
  throw new Problem('usage', `There is no cell ${id} among these runs; there are ${known}.`);
}

/** @throws Problem `usage` where there is none */
function bestOf(table: CellTable): { readonly cell: MeasuredCell; readonly note: string } {
  const [first, ...others] = table.cells;
  if (!first) throw new Problem('usage', 'There are no runs, and so no network to draw.');
  const best = bestCell(table);
  const words = best?.by ?? 'the first';
  return {
    cell: best?.cell ?? first,
    note: others.length === 0 ? '' : `${words} of ${table.cells.length} cells`,
  };
}

/** @throws Problem `usage` where the network is not known, or does not suit the images any more */
function subjectOf(cell: MeasuredCell, { varying }: CellTable, imagesOf: ImagesOf): GraphSubject {
  const graph = graphOf(cell, imagesOf);
  const title = cellText(varying, cell);
  if (!graph)
    throw new Problem(
      'usage',
      `The network of ${title === '' ? 'these runs' : title} cannot be built: its description or the data set ${cell.dataset} is not here.`,
    );
  return { title, blocks: layOutNetwork(graph, networkCost(graph)), branches: branchesOf(graph) };
}

/** Null for roles. */
function costsOf(colour: string, left: GraphSubject, right: GraphSubject | null): NodeValues | null {
  const cost = LAYER_COSTS.find(({ key }) => key === colour);
  const layersOf = ({ blocks }: GraphSubject) => blocks.flatMap(({ layers }) => layers);
  return cost ? costValues(cost, layersOf(left), right ? layersOf(right) : []) : null;
}

/** Of each layer the mean over the seeds. */
function measureValues({ quantity, cells }: LayerTable, chosen: readonly MeasuredCell[]): NodeValues {
  const ofSide = (side: Side): ReadonlyMap<string, number> => {
    const id = chosen[SIDES.indexOf(side)]?.id;
    return new Map(
      [...layersOf(cells, id)].flatMap(([layer, { measured }]) =>
        measured.length === 0 ? [] : [[layer, mean(measured.map(({ value }) => value))] as const],
      ),
    );
  };
  return { quantity, values: { left: ofSide('left'), right: ofSide('right') } };
}

function layersOf(cells: LayerTable['cells'], id: string | undefined): ReadonlyMap<string, MeasuredCell> {
  return cells.find((cell) => cell.id === id)?.layers ?? new Map<string, MeasuredCell>();
}

/** Over how many seeds the colours are, and what has none. */
function measureNotes({ cells, notes }: LayerTable, chosen: readonly MeasuredCell[]): string[] {
  const counts = chosen.map(({ id }) => {
    return Math.max(0, ...[...layersOf(cells, id).values()].map(({ measured }) => measured.length));
  });
  const [one = 0, other = one] = counts;
  const seeds = nOfTwo(one, other);
  return [`colours: means over seeds, ${seeds}`, ...notes];
}
