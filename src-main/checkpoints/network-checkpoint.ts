import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import { readSafetensors } from './safetensors.ts';

/** A network's weights with what its checkpoint says of them (docs/checkpoints.md). */
export interface NetworkCheckpoint {
  readonly metadata: Readonly<Record<string, string>>;
  readonly graph: Graph;
  readonly classes: readonly string[];
  /** Per channel: an image's bytes become (byte / 255 - mean) / std. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** By weight name, row-major in the layouts of the graph. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

const perChannel = z.array(z.number());
/** What Kindling's own files of networks tell of theirs. */
export const networkMetadataSchema = z.object({
  network: json(z.record(z.string(), z.unknown())),
  input: json(z.tuple([z.int(), z.int(), z.int()])),
  classes: json(z.array(z.string())),
  mean: json(perChannel),
  std: json(perChannel),
});

/**
 * Reads the weights of a whole network.
 * @throws Problem `data-invalid` if the file is not a network checkpoint or lacks a weight
 */
export function readNetworkCheckpoint(file: string): NetworkCheckpoint {
  const { tensors, metadata } = readSafetensors(file);
  const parsed = networkMetadataSchema.safeParse(metadata);
  if (!parsed.success)
    throw damaged(file, `its metadata: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  const { network, input, classes, mean, std } = parsed.data;
  const graph = resolveNetwork(parseNetwork(network), { input, classes: classes.length });
  const [, , channels] = input;
  if (mean.length !== channels || std.length !== channels)
    throw damaged(file, `mean and std do not have ${channels} channels`);
  const weights = new Map(tensors.map(({ name, values }) => [name, values]));
  for (const weight of graph.layers.flatMap((layer) => layer.weights)) {
    const values = weights.get(weight.name);
    if (values === undefined) throw damaged(file, `it lacks ${weight.name}`);
    if (values.length !== weightSize(weight))
      throw damaged(file, `${weight.name} has ${values.length} values, not [${weight.shape.join(', ')}]`);
  }
  return { metadata, graph, classes, mean, std, weights };
}

function damaged(file: string, what: string): Problem {
  return new Problem('data-invalid', `${file} is not a network checkpoint: ${what}`);
}

/** A string that holds JSON of the given shape. */
function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
}
