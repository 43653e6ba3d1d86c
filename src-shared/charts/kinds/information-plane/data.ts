import { baselineMeans } from '../../layers/baseline-means.ts';
import { cellGroups, fewGroups, isMixed, ofLayer } from '../../layers/cell-groups.ts';
import { type CellModules, partsInOrder } from '../../layers/cell-modules.ts';
import type { LayerTable } from '../../layers/layer-table.ts';
import { sameCells, sameCellsNotes, shownLayers } from '../../layers/same-cells.ts';
import { partPlaces } from '../../layers/part-places.ts';
import { areShared } from '../../palette.ts';
import type { Quantity } from '../../quantity.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { linesNotes } from '../factor/line-notes.ts';
import { type FactorPoint, factorPoint } from '../factor/points.ts';

/** A layer, by two measures of the same runs. */
export interface PlanePoint {
  readonly layer: string;
  /** Its place among the parts. */
  readonly part: number;
  readonly x: FactorPoint;
  readonly y: FactorPoint;
}

/** The layers of a network in their order, as means over the same cells. */
export interface PlanePath {
  readonly label: string;
  readonly value: FactorValue;
  readonly points: readonly PlanePoint[];
}

/** The same path where it must say little. */
export interface BaselinePath {
  readonly label: string;
  readonly points: readonly { readonly layer: string; readonly x: number; readonly y: number }[];
}

export interface PlaneData {
  readonly x: Quantity;
  readonly y: Quantity;
  /** What layers are to their networks, told by colours. */
  readonly parts: readonly string[];
  /** Of each part its place among these. */
  readonly colours: readonly number[];
  /** What the labels of the paths are of; empty for the only one. */
  readonly title: string;
  readonly paths: readonly PlanePath[];
  readonly baselines: readonly BaselinePath[];
  readonly notes: readonly string[];
}

/**
 * Two measures of layers against each other: a path of each value of a setting or of each cell, layer by layer. Means are
 * over the same cells along a path, with the seeds as blocks.
 *
 * @param tables of both measures, of the same analyses.
 * @throws Problem `usage` for a setting that does not vary, or more paths than can be told apart.
 */
export function planeData(
  tables: { readonly x: LayerTable; readonly y: LayerTable },
  { places, notes }: CellModules,
  { line, baselines }: { readonly line: string | null; readonly baselines: boolean },
): PlaneData {
  const { x, y } = tables;
  const { title, groups } = fewGroups(cellGroups(x, line));
  const byId = new Map(y.cells.map((cell) => [cell.id, cell]));
  const drawn = groups.map((group) => {
    const same = sameCells(group.cells, x, x.roles);
    const beside = same.cells.flatMap(({ id }) => byId.get(id) ?? []);
    return { group, ...same, beside: { cells: beside, layers: same.layers } };
  });
  const layers = shownLayers(x, drawn);
  const parts = partsInOrder(layers, places, x.roleOf);
  const colours = partPlaces(parts, groups.length > 1);
  const paths = drawn.map(({ group, cells, beside, layers: own }): PlanePath => {
    const points = own.map((layer, at): PlanePoint => {
      const of = (table: LayerTable, members: typeof cells): FactorPoint =>
        factorPoint(
          ofLayer(members, layer),
          { at, label: layer },
          { others: group.others, range: table.quantity.range },
        );
      const part = parts.indexOf(places.get(layer)?.part ?? '');
      return { layer, part, x: of(x, cells), y: of(y, beside.cells) };
    });
    return { label: group.label, value: group.value ?? group.label, points: points.filter(isPlaced) };
  });
  const all = paths.flatMap(({ points }) => points);
  return {
    ...{ x: x.quantity, y: y.quantity, parts, colours, title, paths },
    baselines: baselines
      ? baselinePaths(
          baselineMeans(drawn, x),
          baselineMeans(
            drawn.map(({ beside }) => beside),
            y,
          ),
        )
      : [],
    notes: [
      ...linesNotes(
        paths.map(({ label, points }) => ({ label, isJoined: true, points: points.map((point) => point.x) })),
        title,
        x.quantity,
      ),
      ...sameCellsNotes(x, drawn),
      ...x.notes,
      ...notes,
      title !== '' && areShared(colours) ? 'some roles share a colour: choose fewer' : '',
      baselines && isMixed(x.cells) ? 'baselines of the runs alone' : '',
      all.length === 0 ? 'no layer has both numbers' : '',
    ],
  };
}

function isPlaced({ x, y }: PlanePoint): boolean {
  return x.mean !== null && y.mean !== null;
}

/** Baselines of one name, and the only other one of each side: shuffled inputs are beside shuffled labels. */
function baselinePaths(
  ofX: ReturnType<typeof baselineMeans>,
  ofY: ReturnType<typeof baselineMeans>,
): BaselinePath[] {
  const shared = ofX.filter(({ label }) => ofY.some((other) => other.label === label));
  const names = new Set(shared.map(({ label }) => label));
  const [left, right] = [ofX, ofY].map((all) => all.filter(({ label }) => !names.has(label)));
  const pairs = [
    ...shared.map((one) => ({ label: one.label, one, other: ofY.find(({ label }) => label === one.label) })),
    ...(left?.length === 1 && right?.length === 1
      ? [{ label: `${left[0]?.label} and ${right[0]?.label}`, one: left[0], other: right[0] }]
      : []),
  ];
  return pairs.map(({ label, one, other }) => ({
    label,
    points: (one?.layers ?? []).flatMap(({ layer, value }) => {
      const beside = other?.layers.find((each) => each.layer === layer);
      return beside ? [{ layer, x: value, y: beside.value }] : [];
    }),
  }));
}
