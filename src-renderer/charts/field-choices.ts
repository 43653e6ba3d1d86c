import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { ANY_IMAGES } from '../../src-shared/charts/recorded/any-images.ts';
import { mergeOrders } from '../../src-shared/charts/layers/merge-orders.ts';
import { chosenRoles } from '../../src-shared/networks/families.ts';
import { measureKey } from '../../src-shared/analysis/findings.ts';
import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { drawnScope } from '../../src-shared/analysis/result-scope.ts';
import { type CellTable, settingsText } from '../../src-shared/charts/cells/measured-cell.ts';
import type {
  ChartKind,
  ChartSettings,
  ChoiceSource,
  NamedField,
} from '../../src-shared/charts/chart-kind.ts';
import { factorNames } from '../../src-shared/studies/factor-text.ts';
import { resolveColumn } from '../../src-shared/runs/resolve-column.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import { curveChoices } from './curve-choices.ts';
import { costChoices, metricChoices } from './metric-choices.ts';

export interface Choice {
  readonly key: string;
  readonly title: string;
  readonly disabled?: boolean;
}

/** Choices under one title; empty for none. */
export interface ChoiceGroup {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** What charts are made of here. */
export interface ChartSurroundings {
  readonly index: RunIndex;
  /** The cells of the runs. */
  readonly table: CellTable;
  readonly methods: readonly MethodDescription[];
  /** Whether something is known by a method. */
  readonly isKnown: (method: string) => boolean;
}

/** What may be chosen for a field, and what is chosen already. */
export function fieldChoices(
  kind: ChartKind,
  field: NamedField,
  chart: ChartSettings,
  around: ChartSurroundings,
): readonly ChoiceGroup[] {
  if (field.choices === undefined)
    return [{ title: '', choices: field.members.map((member) => ({ key: member, title: member })) }];
  if (field.choices === 'measures') return measureGroups(kind, chart[field.name], around);
  const known = CHOICES[field.choices](around);
  const named = kind.fields.filter(({ choices }) => choices === field.choices).map(({ name }) => chart[name]);
  const others = named.flat().flatMap((key) => {
    const isMissing = typeof key === 'string' && !known.some((choice) => choice.key === key);
    return isMissing ? [{ key, title: titleOf(key) }] : [];
  });
  const beside = field.beside === undefined ? undefined : chart[field.beside];
  const choices = [...known, ...others].map((choice) => ({ ...choice, disabled: choice.key === beside }));
  return [{ title: '', choices }];
}

const CHOICES: Readonly<
  Record<Exclude<ChoiceSource, 'measures'>, (around: ChartSurroundings) => readonly Choice[]>
> = {
  settings: ({ table }) => table.varying.map(({ path, title }) => ({ key: path, title })),
  groups: ({ table }) => [
    { key: 'cell', title: 'cell (mean and interval)' },
    ...table.varying.map(({ path, title }) => ({ key: path, title: `${title} (mean and interval)` })),
  ],
  metrics: ({ index, table }) =>
    columns(metricChoices(index, new Set(table.cells.map(({ dataset }) => dataset)))),
  'curve metrics': ({ index }) => curveChoices(index.rows),
  costs: ({ index }) => columns(costChoices(index)),
  columns: (around) => [...CHOICES.settings(around), ...CHOICES.costs(around)],
  cells: ({ table: { cells, varying } }) =>
    cells
      .filter(({ measured }) => measured.length > 0)
      .map(({ id, settings }) => ({ key: id, title: settingsText(varying, settings) || id })),
  layers: ({ table }) => layersWithWeights(table).map((name) => ({ key: name, title: name })),
  roles: () => chosenRoles.map((role) => ({ key: role, title: role })),
};

/** Of all networks, in their order. */
function layersWithWeights({ cells }: CellTable): string[] {
  const networks = new Set(cells.flatMap(({ network }) => network ?? []));
  const orders = [...networks].flatMap((network) => {
    const graph = nullIfProblem(() => resolveNetwork(parseNetwork(network), ANY_IMAGES));
    const layers = graph?.layers.filter(({ weights }) => weights.length > 0);
    return layers ? [layers.map(({ name }) => name)] : [];
  });
  return mergeOrders(orders);
}

function columns(of: readonly { readonly key: string; readonly title: string }[]): Choice[] {
  return of.map(({ key, title }) => ({ key, title }));
}

function titleOf(key: string): string {
  return resolveColumn(key)?.title ?? factorNames(key).title;
}

/** The measures that the kind can draw, by their methods: those of the known methods, and the one that is chosen. */
export function measureGroups(
  { scopes = [] }: Pick<ChartKind, 'scopes'>,
  chosen: unknown,
  { methods, isKnown }: Pick<ChartSurroundings, 'methods' | 'isKnown'>,
): ChoiceGroup[] {
  return methods.flatMap(({ name, title, measures }) => {
    const shown = measures
      .filter((measure) => drawnScope(scopes, measure) !== null)
      .map((measure) => ({ key: measureKey(name, measure.name), title: measure.title }));
    const choices = isKnown(name) ? shown : shown.filter(({ key }) => key === chosen);
    return choices.length === 0 ? [] : [{ title, choices }];
  });
}
