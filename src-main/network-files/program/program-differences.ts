import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Padding, Shape } from '../../../src-shared/networks/layer.ts';
import { isSliding, kindOf, type Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import type { StepWindow, WeightlessStep } from '../../../src-shared/networks/layers/weightless-step.ts';
import { samePadding, windowCount } from '../../../src-shared/networks/window.ts';
import type { MatchedLayer } from '../mapping/match-layers.ts';
import type { SourceNode, SourceProgram, SourceStep, SourceWindow } from './source-program.ts';

type Does = WeightlessStep['does'];
type OwnStep<D extends Does> = Extract<WeightlessStep, { does: D }>;
/** Steps of programs that are told apart before a normalization. */
const SEEN: readonly Does[] = ['pool', 'addition', 'concatenation', 'shuffle', 'normalization'];
const JOINS = ['addition', 'concatenation'] as const;
const RECTIFIERS: readonly string[] = ['relu', 'relu6'];
/** Steps of one input after which nothing is negative that was not so before. */
const KEEPERS: readonly SourceStep['does'][] = ['pool', 'shuffle', 'nothing'];

/**
 * What a network computes otherwise than the program of a file does with the same weights, in clauses; empty where both
 * compute the same. Compared are the windows of layers and pools, activations, joins, shuffles and their order, but not
 * which layer each of them reads; of shuffles and normalizations, what stands before them.
 */
export function programDifferences(
  program: SourceProgram,
  graph: Graph,
  matched: readonly MatchedLayer[],
): string[] {
  const reader = new ProgramReader(program);
  const places = new Places(graph, matched, reader);
  return [
    ...strangeSteps(program),
    ...matched.flatMap((each) => layerDifferences(each, graph, reader)),
    ...poolDifferences(program, graph),
    ...JOINS.flatMap((does) => joinDifferences(does, graph, reader)),
    ...shuffleDifferences(program, graph, places),
    ...normalizationDifferences(program, graph, places),
  ];
}

/** The layers of a network that do something without weights. */
function ownSteps<D extends Does>({ layers }: Graph, does: D): { layer: Layer; step: OwnStep<D> }[] {
  return layers.flatMap((layer) => {
    const step = kindOf(layer).step?.(layer);
    return step?.does === does ? [{ layer, step: step as OwnStep<D> }] : [];
  });
}

/** What a program does that no network here does, in clauses. */
export function strangeSteps({ nodes }: SourceProgram): string[] {
  return nodes.flatMap(({ name, step }) =>
    step.does === 'other' ? [`${name} is ${step.what}, which no network here has`] : [],
  );
}

/** Finds what stands before and behind a node. */
class ProgramReader {
  readonly nodes: readonly SourceNode[];
  private readonly byName: ReadonlyMap<string, SourceNode>;
  private readonly readers: ReadonlyMap<string, readonly SourceNode[]>;

  constructor({ nodes }: SourceProgram) {
    this.nodes = nodes;
    this.byName = new Map(nodes.map((node) => [node.name, node]));
    const pairs = nodes.flatMap((node) => node.reads.map((name) => ({ name, node })));
    this.readers = new Map(
      [...Map.groupBy(pairs, ({ name }) => name)].map(([name, found]) => [
        name,
        found.map(({ node }) => node),
      ]),
    );
  }

  named(name: string): SourceNode | undefined {
    return this.byName.get(name);
  }

  /** What alone reads a node, behind batch norms and what does nothing; null where that is nothing, or several. */
  reader({ name }: SourceNode): SourceNode | null {
    const [first, ...others] = this.readers.get(name) ?? [];
    if (first === undefined || others.length > 0) return null;
    return first.step.does === 'norm' || first.step.does === 'nothing' ? this.reader(first) : first;
  }

  activationBehind(node: SourceNode): string {
    const reader = this.reader(node);
    return reader?.step.does === 'activation' ? reader.step.activation : 'none';
  }

  /** Whether no value of a node is negative, as far as the nodes before it tell. */
  isRectified(name: string): boolean {
    const node = this.named(name);
    if (node === undefined) return false;
    const { step, reads } = node;
    if (step.does === 'activation' || step.does === 'layer') return RECTIFIERS.includes(step.activation);
    return KEEPERS.includes(step.does) && this.isRectified(reads[0] ?? '');
  }

  /**
   * The layer with weights, or the images, that what a node reads comes from, and what is done to it on the way.
   * @param names of the network's layers, by those of the program's
   */
  before({ reads: [first = ''] }: SourceNode, names: ReadonlyMap<string, string>): string {
    const node = this.named(first);
    if (node === undefined) return 'the images';
    const { step } = node;
    if (step.does === 'layer') return names.get(node.name) ?? node.name;
    const before = this.before(node, names);
    const isNothing = step.does === 'pool' && isIdentity(step.window);
    const seen = isNothing ? undefined : SEEN.find((does) => does === step.does);
    return seen === undefined ? before : stepWords(before, seen);
  }

  paddingBefore({ reads: [first = ''] }: SourceNode): Padding | null {
    const before = this.named(first);
    return before?.step.does === 'padding' ? before.step.padding : null;
  }
}

function layerDifferences({ layer, source }: MatchedLayer, graph: Graph, program: ProgramReader): string[] {
  const node = program.named(source.name);
  if (node?.step.does !== 'layer') return [];
  const { window } = node.step;
  const activation = node.step.activation === 'none' ? program.activationBehind(node) : node.step.activation;
  const own = 'activation' in layer ? layer.activation : 'none';
  return [
    ...(activation === own ||
    isActivatedBehindJoin(node, activation, own, program) ||
    (own === 'none' && isRectifiedBehindConcatenation(layer, activation, graph))
      ? []
      : [`${source.name} has ${words(activation)} behind it, ${layer.name} of the network ${words(own)}`]),
    ...(window !== null && isSliding(layer)
      ? windowDifferences(
          source.name,
          added(window, program.paddingBefore(node)),
          { name: layer.name, size: layer.kernel, stride: layer.stride, padding: layer.padding },
          inputOf(layer, graph),
        )
      : []),
  ];
}

/** An activation of channels side by side is that of each of them. */
function isActivatedBehindJoin(
  node: SourceNode,
  activation: string,
  own: string,
  program: ProgramReader,
): boolean {
  const join = program.reader(node);
  return (
    activation === 'none' && join?.step.does === 'concatenation' && program.activationBehind(join) === own
  );
}

/** The same the other way round, where the network has the activation behind the channels side by side. */
function isRectifiedBehindConcatenation(layer: Layer, activation: string, graph: Graph): boolean {
  const readers = graph.layers.filter(({ inputs }) => inputs.includes(layer.name));
  return (
    readers.length > 0 &&
    readers.every((reader) => {
      const step = kindOf(reader).step?.(reader);
      return step?.does === 'concatenation' && step.activation === activation;
    })
  );
}

function words(activation: string): string {
  return activation === 'none' ? 'no activation' : activation;
}

function inputOf({ inputs: [first] }: Layer, { layers, input }: Graph): Shape {
  return layers.find(({ name }) => name === first)?.output ?? input;
}

function added(window: SourceWindow, more: Padding | null): SourceWindow {
  const { padding } = window;
  if (more === null || padding === 'same') return window;
  return {
    ...window,
    padding: {
      top: padding.top + more.top,
      bottom: padding.bottom + more.bottom,
      left: padding.left + more.left,
      right: padding.right + more.right,
    },
  };
}

function windowDifferences(
  name: string,
  { size, stride, padding, ceil }: SourceWindow,
  own: StepWindow & { readonly name: string },
  [height, width]: Shape,
): string[] {
  const sides = padding === 'same' ? samePadding([height, width], size, stride[0]) : padding;
  const [theirs, ours] = [
    [
      axis(height, size[0], stride[0], sides.top, sides.bottom, ceil),
      axis(width, size[1], stride[1], sides.left, sides.right, ceil),
    ],
    [
      axis(height, own.size[0], own.stride, own.padding.top, own.padding.bottom, false),
      axis(width, own.size[1], own.stride, own.padding.left, own.padding.right, false),
    ],
  ];
  if (theirs.join() === ours.join()) return [];
  return [
    `${name} has ${windowWords(size, stride, sides)}, ${own.name} of the network ${windowWords(own.size, [own.stride, own.stride], own.padding)}`,
  ];
}

/** What a window sees along one axis: its size and stride, where it begins, and how often it is laid on. */
function axis(
  extent: number,
  size: number,
  stride: number,
  before: number,
  after: number,
  ceil: boolean,
): readonly number[] {
  const spare = ceil ? stride - 1 : 0;
  return [size, stride, before, windowCount(extent, size, stride, before + after + spare)];
}

function windowWords(
  size: readonly [number, number],
  [stride]: readonly [number, number],
  { top, bottom, left, right }: Padding,
): string {
  return `a window of ${size.join('x')}, stride ${stride}, padding ${[top, bottom, left, right].join(' ')} (top, bottom, left, right)`;
}

function poolDifferences({ nodes }: SourceProgram, graph: Graph): string[] {
  const own = ownSteps(graph, 'pool');
  const theirs = nodes.flatMap(({ name, step }) =>
    step.does === 'pool' && !isIdentity(step.window) ? [{ name, step }] : [],
  );
  const last = ownSteps(graph, 'mean').at(-1)?.layer;
  const pools = theirs.filter(
    ({ step: { operation, window } }, index) =>
      !(
        last !== undefined &&
        index === theirs.length - 1 &&
        operation === 'average' &&
        window.size.join() === inputOf(last, graph).slice(0, 2).join()
      ),
  );
  if (pools.length !== own.length) return [`the file has ${pools.length} pools, the network ${own.length}`];
  return pools.flatMap(({ name, step }, index) => {
    const found = own[index];
    if (found === undefined) return [];
    const { layer, step: ours } = found;
    const { operation, window, countsPadding } = step;
    if (operation !== ours.operation)
      return [`${name} takes the ${operation}, ${layer.name} the ${ours.operation}`];
    const isCounted = operation === 'average' && countsPadding && hasZeros(window);
    return [
      ...windowDifferences(name, window, { name: layer.name, ...ours.window }, inputOf(layer, graph)),
      ...(isCounted === ours.countsPadding || operation === 'maximum' || !hasZeros(window)
        ? []
        : [
            `${name} ${isCounted ? 'counts' : 'does not count'} the zeros around the map, unlike ${layer.name}`,
          ]),
    ];
  });
}

function isIdentity({ size, stride }: SourceWindow): boolean {
  return [...size, ...stride].every((each) => each === 1);
}

function hasZeros({ padding }: SourceWindow): boolean {
  return padding === 'same' || Object.values(padding).some((pixels: number) => pixels > 0);
}

function joinDifferences(does: (typeof JOINS)[number], graph: Graph, program: ProgramReader): string[] {
  const own = ownSteps(graph, does);
  const theirs = program.nodes.filter(({ step }) => step.does === does);
  if (own.length !== theirs.length)
    return [`the file has ${theirs.length} layers of ${does}, the network ${own.length}`];
  return own.flatMap(({ layer, step }, index) => {
    const node = theirs[index];
    const activation = node === undefined ? step.activation : program.activationBehind(node);
    if (activation === step.activation) return [];
    // of each part of a concatenation: told from the layers before it
    if (does === 'concatenation' && step.activation === 'none') return [];
    // and a ReLU changes nothing where no part is negative
    if (does === 'concatenation' && step.activation === 'relu' && activation === 'none')
      if (node?.reads.every((name) => program.isRectified(name)) === true) return [];
    return [
      `${node?.name} has ${words(activation)} behind it, ${layer.name} of the network ${words(step.activation)}`,
    ];
  });
}

function shuffleDifferences(program: SourceProgram, graph: Graph, places: Places): string[] {
  const own = ownSteps(graph, 'shuffle');
  const theirs = program.nodes.flatMap((node) =>
    node.step.does === 'shuffle' ? [{ node, groups: node.step.groups }] : [],
  );
  if (own.length !== theirs.length)
    return [`the file shuffles channels ${theirs.length} times, the network ${own.length} times`];
  return theirs.flatMap(({ node, groups }, index) => {
    const { layer, step } = own[index] ?? {};
    if (layer === undefined || step === undefined) return [];
    return [
      ...(groups === step.groups
        ? []
        : [
            `${node.name} shuffles ${groups ?? 'an unknown number of'} groups, ${layer.name} of the network ${step.groups}`,
          ]),
      ...places.differences(node, layer),
    ];
  });
}

function normalizationDifferences(program: SourceProgram, graph: Graph, places: Places): string[] {
  const own = ownSteps(graph, 'normalization');
  const theirs = program.nodes.flatMap((node) =>
    node.step.does === 'normalization' ? [{ node, step: node.step }] : [],
  );
  if (own.length !== theirs.length)
    return [`the file has ${theirs.length} local response normalizations, the network ${own.length}`];
  return theirs.flatMap(({ node, step }, index) => {
    const { layer, step: ours } = own[index] ?? {};
    if (layer === undefined || ours === undefined) return [];
    const differing = NUMBERS.filter((name) => Math.fround(step[name]) !== Math.fround(ours[name]));
    return [
      ...differing.map(
        (name) => `${node.name} has the ${name} ${step[name]}, ${layer.name} of the network ${ours[name]}`,
      ),
      ...places.differences(node, layer),
    ];
  });
}

/** Where steps stand, in the program and in the network. */
class Places {
  private readonly program: ProgramReader;
  private readonly layers: ReadonlyMap<string, Layer>;
  private readonly ourNames: ReadonlyMap<string, string>;

  constructor(graph: Graph, matched: readonly MatchedLayer[], program: ProgramReader) {
    this.program = program;
    this.layers = new Map(graph.layers.map((layer) => [layer.name, layer]));
    this.ourNames = new Map(matched.map(({ layer, source }) => [source.name, layer.name]));
  }

  differences(node: SourceNode, layer: Layer): string[] {
    const [before, own] = [this.program.before(node, this.ourNames), stepsBefore(layer, this.layers)];
    if (before === own) return [];
    return [`${node.name} stands behind ${before}, ${layer.name} of the network behind ${own}`];
  }
}

const NUMBERS = ['size', 'alpha', 'beta', 'bias'] as const;

/** The layer with weights, or the images, that what a layer reads comes from, and what is done to it on the way. */
function stepsBefore({ inputs: [first = ''] }: Layer, byName: ReadonlyMap<string, Layer>): string {
  const layer = byName.get(first);
  if (layer === undefined || layer.inputs.length === 0) return 'the images';
  if (layer.weights.length > 0) return layer.name;
  const step = kindOf(layer).step?.(layer);
  const before = stepsBefore(layer, byName);
  return step === undefined ? before : stepWords(before, step.does);
}

function stepWords(before: string, does: Does): string {
  return `${before} and ${does}`;
}
