import fs from 'node:fs';
import path from 'node:path';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import { splitState, type Place } from '../engine/state-layout.ts';
import type { TrainingProgram } from '../engine/training-program.ts';
import { writeSafetensorsMeanwhile, type NamedTensor } from './safetensors.ts';

export type CheckpointKind = 'initial' | 'best' | 'last' | `epoch-${number}`;

/**
 * The checkpoints of one run: `initial`, `best` (by validation accuracy) and `last`, `epoch-5` and the like where the study
 * records them, and beside the last `optimizer` with the slots. Names and layouts are those of the graph's weights: kernels HWIO.
 *
 * A write takes the values at once and resolves then, so that the training goes on while the disk is waited for; it rejects
 * with a Problem `disk-full` where there is no space, and as `settled` does where the same file could not be written before.
 */
export class Checkpoints {
  readonly #folder: string;
  readonly #program: TrainingProgram;
  readonly #metadata: Readonly<Record<string, string>>;
  readonly #written = new Map<string, Artifact>();
  /** By file; when the disk has it. */
  readonly #pending = new Map<string, Promise<void>>();

  /** @param metadata written into every file: what a reader needs to rebuild the network */
  constructor(folder: string, program: TrainingProgram, metadata: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#program = program;
    this.#metadata = metadata;
    fs.mkdirSync(folder, { recursive: true });
  }

  get artifacts(): Artifact[] {
    return [...this.#written.values()];
  }

  /** Resolves when the disk has all that was written. @throws Problem `disk-full` */
  async settled(): Promise<void> {
    await Promise.all(this.#pending.values());
  }

  /** @param state in the order of the program's state */
  async write(kind: CheckpointKind, state: readonly Float32Array[], step: number): Promise<void> {
    const { layout } = this.#program;
    const [parameters = new Float32Array(), statistics = new Float32Array()] = state;
    const values = splitState(layout, parameters, statistics);
    const tensors = [...layout.parameters, ...layout.statistics].map(({ weight }) => ({
      name: weight.name,
      shape: weight.shape,
      values: values.get(weight.name) ?? new Float32Array(),
    }));
    await this.#write(kind, tensors, step);
  }

  /** Writes the optimizer's slots as `<slot>/<weight>`. */
  async writeOptimizer(state: readonly Float32Array[], step: number): Promise<void> {
    const { layout } = this.#program;
    const tensors = this.#program.state.flatMap(({ name }, index): NamedTensor[] => {
      const vector = state[index];
      if (name === 'parameters' || name === 'statistics' || vector === undefined) return [];
      return layout.parameters.map((place) => slotTensor(name, place, vector));
    });
    if (tensors.length > 0) await this.#write('optimizer', tensors, step);
  }

  async #write(kind: string, tensors: readonly NamedTensor[], step: number): Promise<void> {
    const file = `${kind}.safetensors`;
    const metadata = { ...this.#metadata, kind, step: String(step) };
    await this.#pending.get(file);
    const { written, onDisk } = writeSafetensorsMeanwhile(path.join(this.#folder, file), tensors, metadata);
    // whoever waits for it hears of an error
    onDisk.catch(() => undefined);
    this.#pending.set(file, onDisk);
    this.#written.set(kind, { kind, file, ...written });
  }
}

function slotTensor(slot: string, { weight, offset, size }: Place, vector: Float32Array): NamedTensor {
  return {
    name: `${slot}/${weight.name}`,
    shape: weight.shape,
    values: vector.subarray(offset, offset + size),
  };
}
