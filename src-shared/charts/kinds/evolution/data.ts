import { baselineMeans } from '../../layers/baseline-means.ts';
import { cellGroups, isMixed, ofLayer, fewGroups } from '../../layers/cell-groups.ts';
import { type CellModules, partsInOrder } from '../../layers/cell-modules.ts';
import type { LayerTable } from '../../layers/layer-table.ts';
import { partPlaces } from '../../layers/part-places.ts';
import { sameCells, sameCellsNotes, shownLayers } from '../../layers/same-cells.ts';
import { areShared } from '../../palette.ts';
import type { FactorData, ReferenceLine } from '../factor/data.ts';
import { type FactorLine, linesNotes } from '../factor/line-notes.ts';
import { factorPoint } from '../factor/points.ts';

export interface EvolutionSettings {
  /** Path of the setting for each value of which there is a series per role; null for each cell. */
  readonly line: string | null;
  readonly baselines: boolean;
}

/**
 * A measure of layers from module to module: a series for each part that modules have, of each value of a setting or of
 * each cell. Means are over the same cells in all series of a value, the seeds are blocks.
 *
 * @throws Problem `usage` for a setting that does not vary, more sets of series than can be told apart, or no layer that
 *   all cells of a set have.
 */
export function evolutionData(
  table: LayerTable,
  { places, hasModules, notes }: CellModules,
  { line, baselines }: EvolutionSettings,
): FactorData {
  const { quantity, roles, cells } = table;
  const { title, groups } = fewGroups(cellGroups(table, line));
  const drawn = groups.map((group) => ({ group, ...sameCells(group.cells, table, roles) }));
  const shown = shownLayers(table, drawn);
  const layers = shown.flatMap((layer) => {
    const place = places.get(layer);
    return place ? [{ layer, ...place }] : [];
  });
  const modules = [...new Set(layers.map(({ module }) => module))];
  const parts = partsInOrder(shown, places, table.roleOf);
  const isOfSets = groups.length > 1;
  const colours = partPlaces(parts, isOfSets);
  const lines = drawn.flatMap(({ group, cells: members, layers: own }, mark) =>
    parts.flatMap((part, at): FactorLine[] => {
      const colour = colours[at] ?? 0;
      const points = layers
        .filter((each) => each.part === part && own.includes(each.layer))
        .map(({ layer, module }) =>
          factorPoint(
            ofLayer(members, layer),
            { at: modules.indexOf(module), label: module, name: layer },
            { others: group.others, range: quantity.range },
          ),
        )
        .filter(({ runs }) => runs.length > 0);
      if (points.length === 0) return [];
      const set = isOfSets ? { set: group.value ?? group.label } : {};
      const look = [colour, isOfSets ? mark : colour] as const;
      const label = isOfSets ? `${part}, ${title} ${group.label}` : part;
      return [{ label, value: part, points, isJoined: true, look, ...set }];
    }),
  );
  const lineTitle = 'role';
  return {
    quantity,
    x: {
      title: hasModules ? 'module' : 'layer with weights',
      places: modules.map((label, at) => ({ at, label })),
      ordered: true,
    },
    ...{ lineTitle, lines, borders: [], nameTitle: 'layer' },
    ...(isOfSets && {
      sets: {
        title,
        colours: parts.map((label, at) => ({ label, colour: colours[at] ?? 0 })),
        marks: groups.map(({ label }) => label),
      },
    }),
    references: baselines
      ? baselinesOf(layers, { parts, colours, modules }, baselineMeans(drawn, table))
      : [],
    notes: [
      ...linesNotes(lines, lineTitle, quantity),
      ...sameCellsNotes(table, drawn),
      ...table.notes,
      ...notes,
      hasModules ? '' : 'the network has no modules',
      layers.some(({ layer, module }) => layer !== module && !layer.startsWith(`${module}/`))
        ? `layers ${hasModules ? 'outside the modules' : 'without weights'} are drawn at the ${hasModules ? 'module' : 'layer'} that they follow`
        : '',
      isOfSets && areShared(colours) ? 'some roles share a colour: choose fewer' : '',
      baselines && isMixed(cells) ? 'baselines of the runs alone' : '',
    ],
  };
}

interface PlacedLayer {
  readonly layer: string;
  readonly module: string;
  readonly part: string;
}

/** Of each part each baseline, in the colour of the part. */
function baselinesOf(
  layers: readonly PlacedLayer[],
  {
    parts,
    colours,
    modules,
  }: {
    readonly parts: readonly string[];
    readonly colours: readonly number[];
    readonly modules: readonly string[];
  },
  baselines: ReturnType<typeof baselineMeans>,
): ReferenceLine[] {
  const placed = new Map(layers.map((each) => [each.layer, each]));
  return parts.flatMap((part, at) =>
    baselines.map(({ label, layers: own }) => ({
      ...{ label, of: { label: part, colour: colours[at] ?? 0 } },
      points: own.flatMap(({ layer, value }) => {
        const place = placed.get(layer);
        return place?.part === part ? [{ at: modules.indexOf(place.module), value, name: layer }] : [];
      }),
    })),
  );
}
