import { orList } from '../../src-shared/lists.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { families, type NetworkDescription } from '../../src-shared/networks/families.ts';
import { type Family, portNamed } from '../../src-shared/networks/family.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { NetworkImport } from '../../src-shared/networks/import-options.ts';
import {
  type Preprocessing,
  preprocessingSchema,
  usualPreprocessing,
} from '../../src-shared/networks/preprocessing.ts';
import type { NamedTensor } from '../checkpoints/safetensors.ts';
import { type ClassList, classList } from './class-list.ts';
import { chooseNetwork, type WantedNetwork } from './mapping/choose-network.ts';
import { networkWeights } from './mapping/network-weights.ts';
import { sourceLayers, type SourceLayer } from './mapping/source-layers.ts';
import { sourceModules } from './mapping/source-modules.ts';
import { readNetworkFile } from './read-network-file.ts';
import type { DescribedNetwork } from './readers/reader.ts';

/** Which layer, and which batch norm behind it, of the file a layer comes from. */
export interface LayerOrigin {
  readonly layer: string;
  readonly source: string;
  readonly norm: string | null;
}

export interface ImportedNetwork {
  /** The title of the file's format. */
  readonly format: string;
  readonly description: NetworkDescription;
  readonly graph: Graph;
  readonly classes: ClassList;
  readonly preprocessing: Preprocessing;
  /** Every weight of the graph, in its order and layouts. */
  readonly tensors: readonly NamedTensor[];
  /** Whether the file says how it computes, which was compared with the graph for its input. */
  readonly isCompared: boolean;
  /** What weights alone do not tell, in sentences; empty for files of Kindling. */
  readonly notes: readonly string[];
  /** Of the layers with weights. */
  readonly layers: readonly LayerOrigin[];
}

/**
 * Reads a network that was trained elsewhere (docs/networks.md). Every weight of the file has its place in the graph, and
 * every weight of the graph comes from the file.
 *
 * @throws Problem `not-found` or `data-invalid` for the file or its classes, `network-invalid` for wanted fields
 */
export function importNetwork(file: string, options: NetworkImport): ImportedNetwork {
  const { tensors, ordered, described, program, format } = readNetworkFile(file);
  requireNumbers(tensors, file);
  const { modules, unknown } = sourceModules(tensors);
  // Kindling's own names say themselves which layer each is
  const { layers, left } = sourceLayers(modules, ordered || described !== null, file);
  const strange = [...unknown, ...left];
  if (layers.length === 0) throw new Problem('data-invalid', `${file} contains no kernels of layers.`);
  if (strange.length > 0)
    throw new Problem(
      'data-invalid',
      `${file} contains weights that no layer here has: ${strange.slice(0, 5).join(', ')}${strange.length > 5 ? `, and ${strange.length - 5} more` : ''}.`,
    );
  const { description, graph, match } = chooseNetwork(
    // of our own files the description says how they compute
    { layers, program: described === null ? program : null },
    wantedNetwork(options, described),
    file,
  );
  const isCompared = described === null && program !== null;
  const weights = networkWeights(graph, match.matched);
  const usual = usualPreprocessing(graph.input);
  const preprocessing = checkedPreprocessing(
    { ...usual, ...(described && ownPreprocessing(described)), ...options.preprocessing },
    graph,
  );
  return {
    format,
    description,
    graph,
    classes:
      described?.classes && options.classes === null
        ? { names: described.classes, wordnetIds: null }
        : classList(graph.classes, options.classes),
    preprocessing,
    tensors: preprocessing.channels === 'bgr' ? turnChannels(weights) : weights,
    isCompared,
    notes: described === null && !isCompared ? notesOn(description, layers, options.fields) : [],
    layers: match.matched.map(({ layer, source }) => ({
      layer: layer.name,
      source: source.name,
      norm: source.norm?.name ?? null,
    })),
  };
}

/** A training that diverged leaves such weights, with which a network computes nothing. @throws Problem `data-invalid` */
function requireNumbers(tensors: readonly NamedTensor[], file: string): void {
  const broken = tensors.find(({ values }) => !values.every(Number.isFinite));
  if (broken !== undefined)
    throw new Problem('data-invalid', `${file} has values in ${broken.name} that are not finite.`);
}

/**
 * Of a file of weights alone, whose program could compute otherwise with them.
 * @param given fields that the user has given, and so decided
 */
function notesOn(
  description: NetworkDescription,
  layers: readonly SourceLayer[],
  given: Readonly<Record<string, unknown>>,
): string[] {
  const { ports = [] }: Pick<Family, 'ports'> = families[description.family];
  const told = portNamed(
    ports,
    layers.map(({ name }) => name),
  );
  const others = ports.filter(
    (port) => port !== told && !Object.keys(port.fields).every((name) => name in given),
  );
  if (others.length === 0) return [];
  const taken =
    told === undefined
      ? `The file has weights alone, so the network is taken to compute as ${description.family} was published.`
      : `The file has weights alone; from the names of its layers the network is taken to compute as ${told.title} do.`;
  const advice = others.map(({ title, fields }) => `${title} with ${settingWords(fields)}`);
  return [`${taken} Import ${orList(advice)} if it is one of those.`];
}

function settingWords(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
}

function ownPreprocessing({ mean, std, shortSide }: DescribedNetwork): Preprocessing {
  return { mean: [...mean], std: [...std], shortSide, scale: 1 / 255, channels: 'rgb' };
}

function wantedNetwork(
  { family, fields, input }: WantedNetwork,
  described: DescribedNetwork | null,
): WantedNetwork {
  if (described === null) return { family, fields, input };
  const own = described.network['family'];
  return {
    family: family ?? (typeof own === 'string' ? own : null),
    fields: { ...described.network, ...fields },
    input: input ?? described.input,
  };
}

/** @throws Problem `usage` for values that are none, or not as many as channels */
export function checkedPreprocessing(
  preprocessing: Preprocessing,
  { input }: Pick<Graph, 'input'>,
): Preprocessing {
  const parsed = preprocessingSchema.safeParse(preprocessing);
  const [height, width, channels] = input;
  if (!parsed.success)
    throw new Problem('usage', 'The preprocessing needs positive numbers: short side, deviation and scale.');
  const { mean, std, shortSide } = parsed.data;
  if (mean.length !== channels || std.length !== channels)
    throw new Problem('usage', `The mean and the deviation need ${channels} values, one for each channel.`);
  if (shortSide < Math.min(height, width))
    throw new Problem(
      'usage',
      `A short side of ${shortSide} is less than the network's input of ${height}x${width}, which is cut out of it.`,
    );
  return parsed.data;
}

/** Turns round the inputs of the first weight, a kernel in every family: from blue, green, red to red, green, blue, or back. */
export function turnChannels(tensors: readonly NamedTensor[]): NamedTensor[] {
  const [first, ...others] = tensors;
  if (first === undefined) return [];
  const [, , inputs = 1, filters = 1] = first.shape;
  const values = first.values.map((_, index) => {
    const [pixel, rest] = [Math.floor(index / (inputs * filters)), index % (inputs * filters)];
    const [channel, filter] = [Math.floor(rest / filters), rest % filters];
    return first.values[(pixel * inputs + (inputs - 1 - channel)) * filters + filter] ?? 0;
  });
  return [{ ...first, values }, ...others];
}
