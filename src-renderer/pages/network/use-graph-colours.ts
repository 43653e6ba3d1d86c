import { computed, type Ref } from 'vue';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { ColourScale } from '../../../src-shared/charts/colour-bar.ts';
import { measureQuantity } from '../../../src-shared/charts/layers/layer-measure.ts';
import { textWithUnit } from '../../../src-shared/charts/quantity.ts';
import type { Side } from '../../../src-shared/charts/network/graph-layout.ts';
import {
  type ColourOf,
  costValues,
  differenceColours,
  LAYER_COSTS,
  type NodeValues,
  roleColours,
  valueColours,
} from '../../../src-shared/charts/network/node-colours.ts';
import { valueDifferences } from '../../../src-shared/charts/network/value-differences.ts';
import type { AlignedBlock } from '../../../src-shared/networks/align-networks.ts';
import { signedDifference } from '../../../src-shared/numbers.ts';
import type { AskableMethod } from '../../../src-shared/analysis/settings.ts';
import type { DrawnBlock } from '../../../src-shared/networks/lay-out-network.ts';
import { measureKey } from '../../../src-shared/analysis/findings.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import type { RunAnalyses } from '../../layers/use-run-analyses.ts';
import { alikeAnalyses, courseOf, type CourseStep } from './measure-course.ts';
import { useFindings } from './use-findings.ts';
import { measureColumns, type MeasureColumn, placeResults } from '../../layers/layer-measures.ts';
import { useSettings } from '../../stores/settings.ts';

/** What nodes can be coloured by. */
export interface ColourChoice {
  readonly key: string;
  readonly title: string;
}

export interface GraphColours {
  /** In groups, the words above each; what is chosen is among them, though nothing be known by it here. */
  readonly choices: Ref<readonly { readonly title: string; readonly choices: readonly ColourChoice[] }[]>;
  readonly colourOf: Ref<ColourOf>;
  /** The same on another ground. */
  readonly colourOn: (theme: 'light' | 'dark') => ColourOf;
  /** Null for roles, or where nothing has a value. */
  readonly scale: Ref<ColourScale | null>;
  /** The measure by which nodes are coloured; null for roles and costs. */
  readonly measure: Ref<MeasureChoice | null>;
  /** The measure that is chosen, where nothing is known by it; null where there is, or while that is loaded. */
  readonly unmeasured: Ref<UnmeasuredChoice | null>;
  /** What it was after which epochs of the training. */
  readonly course: Ref<readonly CourseStep[]>;
  /** Of how many runs of the network beside it is the mean. */
  readonly beside: Ref<number>;
  /** How many nodes have a value and no difference; null where no differences are shown. */
  readonly leftOut: Ref<number | null>;
  /** The value of a node for people; empty without one. */
  readonly valueText: (side: Side, name: string) => string;
}

export interface MeasureChoice extends ColourChoice {
  readonly column: MeasureColumn & { readonly method: AskableMethod };
  readonly analysis: Analysis;
}

export interface UnmeasuredChoice extends ColourChoice {
  readonly method: AskableMethod;
}

/** Of which networks there may be results. */
export interface ColouredSubjects {
  /** The id of what is drawn left, a run or an imported network; null for what was not trained. */
  readonly left: string | null;
  /** Epochs of its whole training; null where it has no checkpoints over it. */
  readonly epochs: number | null;
  /** Ids of the runs of the cell that is drawn beside, or of an imported network. */
  readonly right: readonly string[];
  /** After which epoch of the left one's training; null at its end. */
  readonly epoch: number | null;
  /** Of both networks, whose differences are wanted; null for the values themselves. */
  readonly differing: readonly AlignedBlock[] | null;
}

/** @param chosen the key of what is chosen: `role`, a cost, or a measure of an analysis; drawn as `role` where nothing is known by it */
export function useGraphColours(
  chosen: () => string,
  networks: () => Readonly<Record<Side, readonly DrawnBlock[]>>,
  { methods, analyses, isLoaded }: Pick<RunAnalyses, 'methods' | 'analyses' | 'isLoaded'>,
  subjects: () => ColouredSubjects,
): GraphColours {
  const settings = useSettings();
  const measures = computed(() =>
    methods.value.flatMap((method) => {
      const analysis = analyses.value.find((each) => each.method === method.name);
      return analysis ? measureChoices(method, analysis) : [];
    }),
  );
  const measure = computed(() => measures.value.find(({ key }) => key === chosen()) ?? null);
  const missing = computed(() => (measure.value ? null : measureNamed(chosen(), methods.value)));
  const offered = computed(() => [
    ...measures.value.map(({ column, key, title }) => ({ group: column.method.title, key, title })),
    ...(missing.value ? [{ ...missing.value, group: missing.value.method.title }] : []),
  ]);
  const choices = computed(() => [
    { title: 'Design', choices: [{ key: 'role', title: 'role' }] },
    {
      title: 'Cost',
      choices: LAYER_COSTS.map(({ key, quantity }) => ({ key, title: quantity.title })),
    },
    ...[...Map.groupBy(offered.value, ({ group }) => group)].map(([title, own]) => ({
      title,
      choices: own,
    })),
  ]);
  const asked = (runs: readonly string[], overTraining: boolean) =>
    measure.value && { runs: [...runs], findings: [findingOf(measure.value.column)], overTraining };
  const ownFindings = useFindings(() => {
    const { left, epochs } = subjects();
    return left === null || epochs === null ? null : asked([left], true);
  });
  const besideFindings = useFindings(() => asked(subjects().right, false));
  const course = computed(() =>
    measure.value ? courseOf(measure.value.analysis, ownFindings.value, subjects().epochs ?? NaN) : [],
  );
  const beside = computed(() =>
    measure.value ? alikeAnalyses(measure.value.analysis, besideFindings.value) : [],
  );
  const values = computed((): NodeValues | null => {
    const key = chosen();
    const { left, right } = networks();
    const cost = LAYER_COSTS.find((each) => each.key === key);
    const layersOf = (blocks: readonly DrawnBlock[]) => blocks.flatMap(({ layers }) => layers);
    if (cost) return costValues(cost, layersOf(left), layersOf(right));
    if (!measure.value) return null;
    const { column, analysis } = measure.value;
    const { epoch } = subjects();
    const step = course.value.find((each) => each.epoch === epoch);
    return {
      quantity: measureQuantity(column),
      values: {
        left: meanValues(column, [step?.analysis ?? analysis]),
        right: meanValues(column, beside.value),
      },
    };
  });
  /** Of the other epochs: colours stay comparable while one goes through them. */
  const others = computed(() =>
    course.value.flatMap(({ analysis }) =>
      measure.value ? [...meanValues(measure.value.column, [analysis]).values()] : [],
    ),
  );
  const differences = computed(() => {
    const { differing } = subjects();
    return values.value && differing ? valueDifferences(values.value, differing) : null;
  });
  const shown = computed(() => differences.value ?? values.value);
  const coloured = computed(() => {
    if (!shown.value || shown.value.values.left.size + shown.value.values.right.size === 0) return null;
    return differences.value ? differenceColours(differences.value) : valueColours(shown.value, others.value);
  });
  const colourOn = (theme: 'light' | 'dark'): ColourOf => coloured.value?.colourOf ?? roleColours(theme);
  return {
    ...{ choices, colourOn, course, measure },
    unmeasured: computed(() => (isLoaded.value ? missing.value : null)),
    beside: computed(() => beside.value.length),
    leftOut: computed(() => differences.value?.leftOut ?? null),
    colourOf: computed(() => colourOn(settings.theme)),
    scale: computed(() => coloured.value?.scale ?? null),
    valueText: (side, name) => {
      const value = shown.value?.values[side].get(name);
      if (!shown.value || value === undefined) return '';
      const { quantity } = shown.value;
      const text = (number: number): string => textWithUnit(quantity, number);
      return `${quantity.title} ${differences.value ? signedDifference(value, text) || text(0) : text(value)}`;
    },
  };
}

/** The measure of a key, whether anything is known by it or not; null for what is none. */
function measureNamed(key: string, methods: readonly AskableMethod[]): UnmeasuredChoice | null {
  for (const method of methods)
    for (const { name, title } of method.measures) {
      const plain = `${method.name}/${name}`;
      if (key === plain || key.startsWith(`${plain} (`))
        return { method, key, title: `${title}${key.slice(plain.length)}` };
    }
  return null;
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
    .map((found) => {
      const column = { ...found, method };
      const { measure, variant } = column;
      const suffix = variant === '' ? '' : ` (${variant})`;
      const key = `${method.name}/${measure.name}${suffix}`;
      return { key, title: `${measure.title}${suffix}`, column, analysis };
    });
}

/** By the names of layers the mean over the runs. */
function meanValues({ key }: MeasureColumn, analyses: readonly Analysis[]): ReadonlyMap<string, number> {
  const found = analyses.flatMap((analysis) =>
    placeResults(analysis, 'whole').flatMap(({ column, result: { layer, value } }) =>
      column === key && layer !== null && value !== null ? [{ layer, value }] : [],
    ),
  );
  const byLayer = Map.groupBy(found, ({ layer }) => layer);
  return new Map([...byLayer].map(([layer, own]) => [layer, mean(own.map(({ value }) => value))]));
}

function findingOf({ method, measure }: MeasureColumn): string {
  return measureKey(method.name, measure.name);
}
