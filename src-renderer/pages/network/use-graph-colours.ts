import { computed, type Ref } from 'vue';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { ColourScale } from '../../../src-shared/charts/colour-bar.ts';
import { measureQuantity } from '../../../src-shared/charts/layers/layer-measure.ts';
import { textWithUnit } from '../../../src-shared/charts/quantity.ts';
import type { Side } from '../../../src-shared/charts/network/graph-layout.ts';
import {
  type ColourOf,
  costValues,
  LAYER_COSTS,
  type NodeValues,
  roleColours,
  valueColours,
} from '../../../src-shared/charts/network/node-colours.ts';
import type { AskableMethod } from '../../../src-shared/analysis/settings.ts';
import type { DrawnBlock } from '../../../src-shared/networks/lay-out-network.ts';
import { measureColumns, type MeasureColumn, placeResults } from '../../layers/layer-measures.ts';
import { useSettings } from '../../stores/settings.ts';

/** What nodes can be coloured by. */
export interface ColourChoice {
  readonly key: string;
  readonly title: string;
}

export interface GraphColours {
  /** In groups, the words above each. */
  readonly choices: Ref<readonly { readonly title: string; readonly choices: readonly ColourChoice[] }[]>;
  readonly colourOf: Ref<ColourOf>;
  /** The same on another ground. */
  readonly colourOn: (theme: 'light' | 'dark') => ColourOf;
  /** Null for roles, or where nothing has a value. */
  readonly scale: Ref<ColourScale | null>;
  /** The value of a node for people; empty without one. */
  readonly valueText: (side: Side, name: string) => string;
}

interface MeasureChoice extends ColourChoice {
  readonly column: MeasureColumn;
  readonly analysis: Analysis;
}

/** @param chosen the key of what is chosen: `role`, a cost, or a measure of an analysis; `role` where that is not there */
export function useGraphColours(
  chosen: () => string,
  networks: () => Readonly<Record<Side, readonly DrawnBlock[]>>,
  methods: Ref<readonly AskableMethod[]>,
  analyses: Ref<readonly Analysis[]>,
): GraphColours {
  const settings = useSettings();
  const measures = computed(() =>
    methods.value.flatMap((method) => {
      const analysis = analyses.value.find((each) => each.method === method.name);
      return analysis ? measureChoices(method, analysis) : [];
    }),
  );
  const choices = computed(() => [
    { title: 'Design', choices: [{ key: 'role', title: 'role' }] },
    {
      title: 'Cost',
      choices: LAYER_COSTS.map(({ key, quantity }) => ({ key, title: quantity.title })),
    },
    ...[...Map.groupBy(measures.value, ({ column }) => column.method.title)].map(([title, own]) => ({
      title,
      choices: own,
    })),
  ]);
  const values = computed((): NodeValues | null => {
    const key = chosen();
    const { left, right } = networks();
    const cost = LAYER_COSTS.find((each) => each.key === key);
    const layersOf = (blocks: readonly DrawnBlock[]) => blocks.flatMap(({ layers }) => layers);
    if (cost) return costValues(cost, layersOf(left), layersOf(right));
    const measure = measures.value.find((each) => each.key === key);
    return measure ? measureValues(measure) : null;
  });
  const coloured = computed(() =>
    values.value && values.value.values.left.size + values.value.values.right.size > 0
      ? valueColours(values.value)
      : null,
  );
  const colourOn = (theme: 'light' | 'dark'): ColourOf => coloured.value?.colourOf ?? roleColours(theme);
  return {
    ...{ choices, colourOn },
    colourOf: computed(() => colourOn(settings.theme)),
    scale: computed(() => coloured.value?.scale ?? null),
    valueText: (side, name) => {
      const value = values.value?.values[side].get(name);
      if (!values.value || value === undefined) return '';
      const { quantity } = values.value;
      return `${quantity.title} ${textWithUnit(quantity, value)}`;
    },
  };
}

/** Those of a method with a number for layers, or for what it takes apart. */
function measureChoices(method: AskableMethod, analysis: Analysis): MeasureChoice[] {
  const ofLayers = new Set(
    placeResults(analysis, 'whole').flatMap(({ column, result }) =>
      result.layer !== null && result.value !== null ? [column] : [],
    ),
  );
  return measureColumns(method, analysis)
    .filter(({ key }) => ofLayers.has(key))
    .map((column) => {
      const { measure, variant } = column;
      const suffix = variant === '' ? '' : ` (${variant})`;
      const key = `${method.name}/${measure.name}${suffix}`;
      return { key, title: `${measure.title}${suffix}`, column, analysis };
    });
}

function measureValues({ column, analysis }: MeasureChoice): NodeValues {
  const { key, method, measure } = column;
  const left = new Map(
    placeResults(analysis, 'whole').flatMap(({ column: of, result: { layer, value } }) =>
      of === key && layer !== null && value !== null ? [[layer, value] as const] : [],
    ),
  );
  return { quantity: measureQuantity({ method, measure }), values: { left, right: new Map() } };
}
