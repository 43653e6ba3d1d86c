import { byPlace } from '../../by-place.ts';
import { roleNamed } from '../../networks/families.ts';
import { distinctParts, modulePlaces, type ModulePlace } from '../../networks/module-places.ts';
import type { CellTable, MeasuredCell } from '../cells/measured-cell.ts';
import { graphOf, type ImagesOf } from './border-layers.ts';
import type { LayerTable } from './layer-table.ts';

/** The layers of a table as they stand in the modules of their networks. */
export interface CellModules {
  /** By layer, or by what a method takes apart. */
  readonly places: ReadonlyMap<string, ModulePlace>;
  /** Whether any of the networks has modules. */
  readonly hasModules: boolean;
  /** What is to be said of networks whose modules are unknown; empty without such. */
  readonly notes: readonly string[];
}

/** What is asked of a table of layers. */
type PlacedLayers = Pick<LayerTable, 'layers' | 'roleOf'>;

/** Where the layers stand by the descriptions of their networks; without a description, by their names. */
export function cellModules(
  table: PlacedLayers & { readonly cells: readonly { readonly id: string }[] },
  { cells }: CellTable,
  imagesOf: ImagesOf,
): CellModules {
  const shown = new Set(table.cells.map(({ id }) => id));
  const own = cells.filter(({ id }) => shown.has(id));
  return modulesOfCells(own, imagesOf)(table);
}

/** The same for some layers after others: what networks the cells have is found out once. */
export function modulesOfCells(
  cells: readonly MeasuredCell[],
  imagesOf: ImagesOf,
): (table: PlacedLayers) => CellModules {
  const graphs = cells.flatMap((cell) => graphOf(cell, imagesOf) ?? []);
  const known = new Map(graphs.flatMap((graph) => [...modulePlaces(graph)]));
  const modules = new Set([...known.values()].map(({ module }) => module));
  return ({ layers, roleOf }) => {
    const places = distinctParts(
      new Map(
        layers.map((layer) => [layer, known.get(layer) ?? placeByName(layer, roleOf.get(layer) ?? null)]),
      ),
    );
    const isByName = [...places.values()].some(({ module }) => !modules.has(module));
    return {
      places,
      hasModules: isByName || graphs.some((graph) => graph.layers.some(({ module }) => module !== null)),
      notes: isByName ? ['modules by the names of the layers, since not all networks can be built'] : [],
    };
  };
}

/** `fire2/squeeze` is the squeeze layer of `fire2`; what has no role is a module. */
function placeByName(layer: string, role: string | null): ModulePlace {
  const end = layer.lastIndexOf('/');
  return { module: end > 0 ? layer.slice(0, end) : layer, part: role ?? 'module' };
}

/** The parts of these layers as roles are chosen: as layers follow each other in a module, pools behind. */
export function partsInOrder(
  layers: readonly string[],
  places: CellModules['places'],
  roleOf: LayerTable['roleOf'],
): string[] {
  const placeOf = (layer: string): number | undefined => roleNamed(roleOf.get(layer) ?? '').place;
  const sorted = layers.toSorted((one, other) => byPlace(placeOf(one), placeOf(other)));
  return [...new Set(sorted.flatMap((layer) => places.get(layer)?.part ?? []))];
}
