import { counted } from '../../src-shared/counted.ts';
import { evaluationDifference, roundedDifference, stepDifference } from './compare-replay.ts';
import { EagerTraining } from './eager-training.ts';
import type {
  BatchSizes,
  Engine,
  EvaluationBatch,
  EvaluationResult,
  FusedTraining,
  State,
  StepResult,
  TrainingBatch,
  TrainingRecorder,
} from './engine.ts';
import { cannotTrainIn } from './precision.ts';
import type { TrainingProgram } from './training-program.ts';

export type TrainingMode =
  | {
      readonly mode: 'compiled';
      /** Why it is not compiled as the engine would have it; absent where it is. */
      readonly reason?: string;
    }
  | { readonly mode: 'eager'; readonly reason: string };

/**
 * Training that begins eagerly and goes on compiled once the compiled functions have proved themselves: the
 * first batch is evaluated and stepped on eagerly, while this is recorded, then again by the replay from the same state, and
 * the results are compared. Where they differ, or the engine cannot compile, it stays eager and says why. A training in lower
 * precision, which is made of what was recorded, is refused then.
 *
 * To be used for one run after another: `writeState` begins anew, and what was compiled is kept.
 */
export class GuardedTraining implements FusedTraining {
  readonly #engine: Engine;
  readonly #program: TrainingProgram;
  readonly #sizes: BatchSizes;
  readonly #eager: EagerTraining;
  #compiled: FusedTraining | null = null;
  #mode: TrainingMode | null = null;
  /** No first loss was finite, which says nothing about the replay: the next run tries again. */
  #undecided = false;

  constructor(engine: Engine, program: TrainingProgram, sizes: BatchSizes) {
    this.#engine = engine;
    this.#program = program;
    this.#sizes = sizes;
    this.#eager = new EagerTraining(program, sizes);
  }

  /** Null until the first step has been taken. */
  get mode(): TrainingMode | null {
    return this.#mode;
  }

  writeState(states: readonly State[]): Promise<void> {
    if (this.#undecided) this.#mode = null;
    this.#undecided = false;
    return this.#current().writeState(states);
  }

  readState(): Promise<Float32Array[][]> {
    return this.#current().readState();
  }

  async step(batches: readonly TrainingBatch[]): Promise<StepResult[]> {
    if (this.#mode !== null) return this.#current().step(batches);
    const { recorder, description } = this.#engine;
    if (recorder === null) {
      this.#refuse(`${description.name} has no compiler`);
      return this.#eager.step(batches);
    }
    const recording = recorder(this.#program, this.#sizes);
    const before = await this.#eager.readState();
    const probe = this.#probe(batches);
    const evaluated = await this.#eager.evaluate(probe, recording.trace);
    const expected = await this.#eager.step(batches, recording.trace);
    if (!expected.some(({ loss }) => Number.isFinite(loss))) {
      this.#undecided = true;
      this.#stayEager('the first loss was not finite, so a compiled step could not be compared with it');
      return expected;
    }
    const first = { batches, expected, probe, evaluated };
    let refused: string | null = null;
    for (const mostSteps of recording.stepsACall) {
      const replayed = await this.#tryToCompile(recording, mostSteps, before, first);
      if (typeof replayed !== 'string') {
        const reason = refused && `calls take at most ${counted(mostSteps, 'step')}: ${refused}`;
        this.#mode = { mode: 'compiled', ...(reason !== null && { reason }) };
        this.#eager.close();
        // The replay's, so that a run's numbers are the same to the bit in a trainer that was warm already.
        return replayed;
      }
      refused = replayed;
    }
    this.#refuse(refused ?? 'nothing could be compiled');
    return expected;
  }

  get several(): FusedTraining['several'] {
    return this.#current().several;
  }

  evaluate(batch: EvaluationBatch): Promise<EvaluationResult[]> {
    return this.#current().evaluate(batch);
  }

  close(): void {
    this.#eager.close();
    this.#compiled?.close();
    this.#compiled = null;
  }

  #current(): FusedTraining {
    return this.#compiled ?? this.#eager;
  }

  /** The images of the first training batch as an evaluation batch, filled up with zeros. */
  #probe([batch]: readonly TrainingBatch[]): EvaluationBatch {
    if (batch === undefined) throw new Error('there is no batch');
    const { images, labels } = batch;
    const { training, evaluation } = this.#sizes;
    const count = Math.min(training, evaluation);
    const filled = <T extends Float32Array | Int32Array>(values: T, make: (length: number) => T): T => {
      const size = values.length / training;
      const whole = make(evaluation * size);
      whole.set(values.subarray(0, count * size));
      return whole;
    };
    const integers = (values: Int32Array): Int32Array => filled(values, (length) => new Int32Array(length));
    return {
      images:
        images instanceof Float32Array
          ? filled(images, (length) => new Float32Array(length))
          : { ...images, places: integers(images.places), variations: integers(images.variations) },
      labels: integers(labels),
      count,
    };
  }

  /** The replay's results if it can be trusted from now on; else why not. */
  async #tryToCompile(
    recording: TrainingRecorder,
    mostSteps: number,
    before: Float32Array[][],
    first: FirstBatches,
  ): Promise<StepResult[] | string> {
    let compiled: FusedTraining | null = null;
    try {
      compiled = await recording.compile('float32', mostSteps);
      let found = await this.#replay(compiled, before, first);
      const { precision } = this.#program;
      if (precision !== 'float32' && typeof found !== 'string') {
        compiled.close();
        compiled = await recording.compile(precision, mostSteps);
        found = await this.#replayRounded(compiled, before, found, first.batches);
      }
      if (typeof found === 'string') compiled.close();
      else this.#compiled = compiled;
      return found;
    } catch (error) {
      compiled?.close();
      return `the step could not be compiled: ${String(error)}`;
    }
  }

  /** The evaluation and the step by what was compiled; what speaks against it, if anything does. */
  async #replay(
    compiled: FusedTraining,
    before: Float32Array[][],
    { batches, expected, probe, evaluated }: FirstBatches,
  ): Promise<StepResult[] | string> {
    // a first loss that is not finite says nothing
    const telling = <T>(ofNetworks: readonly T[]): T[] =>
      ofNetworks.filter((_, network) => Number.isFinite(expected[network]?.loss));
    await compiled.writeState(before);
    const reason = evaluationDifference(telling(evaluated), telling(await compiled.evaluate(probe)));
    if (reason !== null) return reason;
    const found = await compiled.step(batches);
    const refused = stepDifference(
      this.#program,
      telling(before),
      { results: telling(expected), states: telling(await this.#eager.readState()) },
      { results: telling(found), states: telling(await compiled.readState()) },
    );
    return refused ?? found;
  }

  /** The step in lower precision, whose recording was found right in float32: its loss tells whether it is what was recorded. */
  async #replayRounded(
    compiled: FusedTraining,
    before: Float32Array[][],
    expected: readonly StepResult[],
    batches: readonly TrainingBatch[],
  ): Promise<StepResult[] | string> {
    await compiled.writeState(before);
    const found = await compiled.step(batches);
    return roundedDifference(this.#program.precision, expected, found, await compiled.readState()) ?? found;
  }

  /** @throws Problem for a training in lower precision, which is compiled or none */
  #refuse(reason: string): void {
    const { precision } = this.#program;
    if (precision !== 'float32') throw cannotTrainIn(precision, reason);
    this.#stayEager(reason);
  }

  #stayEager(reason: string): void {
    this.#mode = { mode: 'eager', reason };
  }
}

/** The first batch of each network with what eager training made of it. */
interface FirstBatches {
  readonly batches: readonly TrainingBatch[];
  readonly expected: readonly StepResult[];
  readonly probe: EvaluationBatch;
  readonly evaluated: readonly EvaluationResult[];
}
