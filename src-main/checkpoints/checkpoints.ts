import fs from 'node:fs';
import path from 'node:path';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import type { TrainingProgram } from '../engine/training-program.ts';
import { writeSafetensorsMeanwhile, type NamedTensor } from './safetensors.ts';
import { slotTensors, weightTensors } from './state-tensors.ts';

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

  /**
   * @param metadata written into every file: what a reader needs to rebuild the network
   * @param written those that are there already, of a run that goes on
   */
  constructor(
    folder: string,
    program: TrainingProgram,
    metadata: Readonly<Record<string, string>>,
    written: readonly Artifact[] = [],
  ) {
    this.#folder = folder;
    this.#program = program;
    this.#metadata = metadata;
    for (const artifact of written) this.#written.set(artifact.kind, artifact);
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
    await this.#write(kind, weightTensors(this.#program, state), step);
  }

  /** Writes the optimizer's slots as `<slot>/<weight>`. */
  async writeOptimizer(state: readonly Float32Array[], step: number): Promise<void> {
    const tensors = slotTensors(this.#program, state);
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
