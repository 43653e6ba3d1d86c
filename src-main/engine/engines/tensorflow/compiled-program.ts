import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IMAGES } from '../../program-values.ts';
import type { StateEntry } from '../../training-program.ts';
import type { Binding } from './binding.ts';
import type { Feed } from './feed.ts';
import { GraphWriter } from './graph-def.ts';
import type { ImagesOnDevice } from './images-on-device.ts';
import { optimizationOf } from './optimization-of.ts';
import { ProgramImages, writeImages } from './program-images.ts';
import type { RecordedFunction } from './recorded-function.ts';
import { simplified } from './simplify-recording.ts';
import { shapeForSteps, STEPS, writeSteps } from './steps-in-loop.ts';

/** Images that a program has on the device, and how many bytes each takes. */
export interface ProgramsImages {
  readonly images: ImagesOnDevice;
  readonly size: number;
}

/**
 * Recorded functions over one state, as a TensorFlow session. The state lives in the session's variables:
 * a call moves only its inputs and outputs across. `writeState` must come first.
 */
export class CompiledProgram {
  readonly #binding: Binding;
  /** Null once it is closed. */
  #session: number | null;
  readonly #state: readonly StateEntry[];
  readonly #functions: ReadonlyMap<string, RecordedFunction>;
  readonly #images: ProgramImages | null;

  /** @param onDevice where the functions find their images there; null: they are given what they need of them */
  constructor(
    binding: Binding,
    state: readonly StateEntry[],
    functions: readonly RecordedFunction[],
    onDevice: ProgramsImages | null = null,
  ) {
    this.#binding = binding;
    this.#state = state;
    this.#functions = new Map(functions.map((entry) => [entry.name, entry]));
    this.#images =
      onDevice &&
      new ProgramImages(onDevice.images, onDevice.size, (feed, input, output) => {
        this.#run([feed], [input], [output]);
      });
    const folder = mkdtempSync(path.join(tmpdir(), 'kindling-graph-'));
    try {
      const graph = writeGraph(binding, state, functions, onDevice?.size ?? null);
      const tag = optimizationOf(
        functions.map(({ recording }) => recording),
        binding.isUsingGpuDevice(),
      );
      writeFileSync(path.join(folder, 'saved_model.pb'), graph.savedModel(tag));
      this.#session = binding.loadSavedModel(folder, tag);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Sets every variable; `values` in the order of the state. */
  writeState(values: readonly Float32Array[]): void {
    // copied: the binding hands the memory of an array to TensorFlow, whose variable then goes on in it
    const feeds = this.#state.map(({ size }, index) => ({
      shape: [size],
      values: valueAt(values, index).slice(),
    }));
    const names = this.#state.map((_, index) => `init/p${index}`);
    this.#run(feeds, names, ['init/done']);
  }

  /** Reads every variable, in the order of the state. */
  readState(): Float32Array[] {
    return this.#run(
      [],
      [],
      this.#state.map((_, index) => `state/r${index}`),
    ) as Float32Array[];
  }

  /**
   * Runs a function on the values of its inputs, by name; results in the order of its outputs.
   * @param steps that a loop takes: what is given and what comes back is as `writeSteps` has it
   */
  call(
    name: string,
    feeds: Readonly<Record<string, Float32Array | Int32Array>>,
    steps = 1,
  ): (Float32Array | Int32Array)[] {
    const entry = this.#functions.get(name);
    if (entry === undefined) throw new Error(`no function ${name} was compiled`);
    const valuesOf = (input: string): Float32Array | Int32Array => {
      const values = feeds[input];
      if (values === undefined) throw new Error(`${name} lacks its ${input}`);
      return values;
    };
    this.#images?.show(valuesOf(IMAGES)[0] ?? Number.NaN);
    const inputs = entry.inputs.filter((input) => this.#images === null || input.name !== IMAGES);
    const given = inputs.map((input) => ({
      name: input.name,
      shape: entry.isLoop ? shapeForSteps(input, steps) : input.shape,
      values: valuesOf(input.name),
    }));
    if (entry.isLoop) given.push({ name: STEPS, shape: [], values: Int32Array.of(steps) });
    return this.#run(
      given,
      given.map((input) => `${name}/${input.name}`),
      entry.outputs.map((output) => `${name}/out/${output.name}`),
    );
  }

  close(): void {
    this.#images?.close();
    if (this.#session !== null) this.#binding.deleteSavedModel(this.#session);
    this.#session = null;
  }

  #run(
    feeds: readonly Feed[],
    inputs: readonly string[],
    outputs: readonly string[],
  ): (Float32Array | Int32Array)[] {
    const binding = this.#binding;
    const session = this.#session;
    if (session === null) throw new Error('the compiled program was closed');
    const ids = feeds.map(({ shape, values }) =>
      binding.createTensor(
        [...shape],
        values instanceof Float32Array ? binding.TF_FLOAT : binding.TF_INT32,
        values,
      ),
    );
    try {
      const port = (name: string) => `${name}:0`;
      const results = binding.runSavedModel(
        session,
        ids,
        inputs.map(port).join(','),
        outputs.map(port).join(','),
      );
      return results.map(({ id }) => {
        const values = binding.tensorDataSync(id) as Float32Array | Int32Array;
        binding.deleteTensor(id);
        return values;
      });
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }
}

function writeGraph(
  binding: Binding,
  state: readonly StateEntry[],
  functions: readonly RecordedFunction[],
  imageSize: number | null,
): GraphWriter {
  const graph = new GraphWriter(binding);
  const variables = state.map(({ size }, index) => graph.variable(`state/v${index}`, [size]));
  const reads = variables.map((variable, index) => graph.read(`state/r${index}`, variable));
  const initial = state.map(({ size }, index) => {
    const placeholder = graph.placeholder(`init/p${index}`, binding.TF_FLOAT, [size]);
    return graph.assign(`init/a${index}`, valueAt(variables, index), placeholder);
  });
  const one = { dtype: binding.TF_FLOAT, shape: [], values: Float32Array.of(1) };
  graph.identity('init/done', graph.constant('init/one', one, initial), binding.TF_FLOAT, initial);
  const images = imageSize === null ? null : writeImages(graph, binding.TF_FLOAT, imageSize);
  for (const entry of functions) {
    const inputs = entry.inputs.map((input) => {
      if (images !== null && input.name === IMAGES) return images;
      const shape = entry.isLoop ? shapeForSteps(input, null) : input.shape;
      return graph.placeholder(`${entry.name}/${input.name}`, input.dtype, shape);
    });
    const results = entry.isLoop
      ? writeSteps(graph, binding, entry, inputs, reads)
      : graph.recording(entry.name, simplified(entry.recording), [...inputs, ...reads]);
    const assignments: string[] = [];
    if (entry.writesState)
      results.slice(entry.outputs.length).forEach((value, index) => {
        assignments.push(graph.assign(`${entry.name}/a${index}`, valueAt(variables, index), value));
      });
    entry.outputs.forEach(({ name, dtype }, index) =>
      graph.identity(`${entry.name}/out/${name}`, valueAt(results, index), dtype, assignments),
    );
  }
  return graph;
}

function valueAt<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`value ${index} of ${values.length} is missing`);
  return value;
}
