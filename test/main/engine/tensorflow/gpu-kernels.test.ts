import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import { z } from 'zod';
import { EagerTraining } from '../../../../src-main/engine/eager-training.ts';
import type { Binding } from '../../../../src-main/engine/engines/tensorflow/binding.ts';
import { openTensorFlow } from '../../../../src-main/engine/engines/tensorflow/open.ts';
import { initialState } from '../../../../src-main/engine/initial-state.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { noiseBytes } from '../../../../src-main/engine/measuring/noise-batch.ts';
import { operationsFor } from '../../../../src-main/engine/precision.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { TRAINED } from '../networks.ts';
import { asOnGpu } from './binding-as-on-gpu.ts';

/*
 * The graphs that are given to TensorFlow on a GPU, beside the kernels that it has for one. A value that one kernel leaves in the card's memory and
 * the next wants in that of the host makes a step wait for all that the card has yet to do.
 */

const argumentsSchema = z.array(z.tuple([z.string(), z.string()]));
const kernelsSchema = z.object({
  operations: z.record(
    z.string(),
    z.object({
      inputs: argumentsSchema,
      outputs: argumentsSchema,
      defaults: z.record(z.string(), z.number()),
      kernels: z.array(
        z.object({ types: z.record(z.string(), z.array(z.number())), host: z.array(z.string()) }),
      ),
    }),
  ),
});
const { operations: OPERATIONS } = kernelsSchema.parse(
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../fixtures/tensorflow-gpu-kernels.json'), 'utf8'),
  ),
);

/** The part of TensorFlow's protocol buffers that is read here. */
const SCHEMA = `syntax = "proto3";
message ListValue { repeated int32 type = 6; }
message AttrValue { oneof value { ListValue list = 1; int64 i = 3; int32 type = 6; } }
message NodeDef { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
message GraphDef { repeated NodeDef node = 1; }
message MetaGraphDef { GraphDef graph_def = 2; }
message SavedModel { repeated MetaGraphDef meta_graphs = 2; }`;
const attributeSchema = z.object({
  i: z.number().optional(),
  type: z.number().optional(),
  list: z.object({ type: z.array(z.number()).default([]) }).optional(),
});
const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});
type Node = z.infer<typeof nodeSchema>;

let saved = new Uint8Array();
const engine = openTensorFlow(selectedEngine(kindlingHome()), (binding): Binding => {
  const onGpu = asOnGpu(binding);
  return Object.create(onGpu, {
    loadSavedModel: {
      value: (folder: string) => {
        saved = readFileSync(path.join(folder, 'saved_model.pb'));
        return 0;
      },
    },
    deleteSavedModel: { value: () => undefined },
  }) as Binding;
});

const SIZES = { training: 8, evaluation: 8 };

/** The nodes that TensorFlow is given for a program whose images lie on the device. */
async function nodesOf(
  graph: Graph,
  recipe: Partial<typeof DEFAULT_RECIPE>,
  networks: number,
): Promise<readonly Node[]> {
  const used = { ...DEFAULT_RECIPE, ...recipe };
  const precision = used.precision ?? 'float32';
  const isOwn = networks > 1;
  const own = { rates: isOwn, decays: isOwn, smoothings: isOwn };
  const { imagesOnDevice: images } = engine;
  const program = createTrainingProgram(graph, used, operationsFor(engine, precision), images, networks, own);
  const recorder = engine.recorderOf(16)(program, SIZES);
  const eager = new EagerTraining(program, SIZES);
  const { batch, letGo } = noiseBytes(graph, SIZES.training, images);
  const seeds = Array.from({ length: networks }, (_, seed) => seed);
  await eager.writeState(seeds.map((seed) => initialState(program, seed)));
  await eager.evaluate({ ...batch, count: SIZES.evaluation }, recorder.trace);
  await eager.step(
    seeds.map((seed) => ({ ...batch, seed, weightDecay: 0.1, labelSmoothing: 0.1 })),
    recorder.trace,
  );
  eager.close();
  letGo();
  await recorder.compile(precision, 16);
  const type = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('SavedModel');
  const { meta_graphs: found } = z
    .object({ meta_graphs: z.array(z.object({ graph_def: z.object({ node: z.array(nodeSchema) }) })) })
    .parse(type.toObject(type.decode(saved), { longs: Number }));
  return found[0]?.graph_def.node ?? assert.fail('no graph was saved');
}

interface Placed {
  /** Whether each input is read from the memory of the host, and each output left there. */
  readonly inputs: readonly boolean[];
  readonly outputs: readonly boolean[];
}

/** Null where TensorFlow has no kernel on a GPU for it. */
function placed(node: Node): Placed | null {
  const operation = OPERATIONS[node.op];
  if (operation === undefined) return null;
  const typesOf = (name: string): number[] => {
    const { type, list } = node.attr[name] ?? { type: operation.defaults[name] };
    return list?.type ?? (type === undefined ? [] : [type]);
  };
  const kernel = operation.kernels.find(({ types }) =>
    Object.entries(types).every(([name, allowed]) => typesOf(name).every((type) => allowed.includes(type))),
  );
  if (kernel === undefined) return null;
  const areOnHost = (described: z.infer<typeof argumentsSchema>): boolean[] =>
    described.flatMap(([name, counted]) => {
      const { i = 1, list } = node.attr[counted] ?? {};
      return Array<boolean>(list?.type.length ?? i).fill(kernel.host.includes(name));
    });
  return { inputs: areOnHost(operation.inputs), outputs: areOnHost(operation.outputs) };
}

/** What goes from one memory to the other: `from the device: NODE (KIND) for NODE (KIND)`. */
function crossings(nodes: readonly Node[]): string[] {
  const byName = new Map(nodes.map((node) => [node.name, { node, at: placed(node) }]));
  const missing = [...byName.values()].filter(({ at }) => at === null);
  assert.deepEqual(
    missing.map(({ node: { op, attr } }) => `${op} ${JSON.stringify(attr)}`),
    [],
    'kernels that TensorFlow has not on a GPU',
  );
  return nodes.flatMap(({ name, op, input }) =>
    input
      .filter((each) => !each.startsWith('^'))
      .flatMap((each, place) => {
        const [from = '', port = '0'] = each.split(':');
        const source = byName.get(from) ?? assert.fail(`${name} reads ${from}, which is missing`);
        // what is given comes from the host
        const isOnHost = source.node.op === 'Placeholder' || source.at?.outputs[Number(port)];
        if (isOnHost === byName.get(name)?.at?.inputs[place]) return [];
        return [`${isOnHost ? 'to' : 'from'} the device: ${from} (${source.node.op}) for ${name} (${op})`];
      }),
  );
}

/** Of a batch what is int32, which TensorFlow cuts on the host, wherever it is needed. */
const OF_A_BATCH = /^to the device: step\/row\/of\/(labels|places|variations) /;

for (const [title, graph, recipe] of TRAINED)
  for (const [way, networks, more] of [
    ['alone', 1, {}],
    ['side by side', 3, {}],
    ['in bfloat16', 1, { precision: 'bfloat16' }],
  ] as const)
    test(`on a GPU every operation is done by the card, and nothing comes back within a step: ${title}, ${way}`, async () => {
      const found = crossings(await nodesOf(graph, { ...recipe, ...more }, networks));
      const within = found.filter((each) => / for step\//.test(each) && !/\(Enter\)$/.test(each));
      assert.deepEqual(
        within.filter((each) => !OF_A_BATCH.test(each)),
        [],
      );
      assert.ok(within.length > 0, 'a batch has whole numbers');
      // the evaluation gives whole numbers back
      const evaluated = found.filter((each) => each.startsWith('from') && !each.includes(' for step/'));
      assert.deepEqual(
        evaluated.filter((each) => !/\(ArgMax\) for evaluate\/out\//.test(each)),
        [],
      );
    });
