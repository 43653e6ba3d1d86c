import { evaluationDifference, stepDifference } from './compare-replay.ts';
import { EagerTraining } from './eager-training.ts';
import type {
  BatchSizes,
  Engine,
  EvaluationBatch,
  EvaluationResult,
  StepResult,
  Training,
  TrainingBatch,
  TrainingRecorder,
} from './engine.ts';
import type { TrainingProgram } from './training-program.ts';

export type TrainingMode =
  { readonly mode: 'compiled' } | { readonly mode: 'eager'; readonly reason: string };

/**
 * Training that begins eagerly and goes on compiled once the compiled functions have proved themselves: the
 * first batch is evaluated and stepped on eagerly, while this is recorded, then again by the replay from the same state, and
 * the results are compared. Where they differ, or the engine cannot compile, it stays eager and says why.
 *
 * To be used for one run after another: `writeState` begins anew, and what was compiled is kept.
 */
export class GuardedTraining implements Training {
  readonly #engine: Engine;
  readonly #program: TrainingProgram;
  readonly #sizes: BatchSizes;
  readonly #eager: EagerTraining;
  #compiled: Training | null = null;
  #mode: TrainingMode | null = null;
  /** The first loss was not finite, which says nothing about the replay: the next run tries again. */
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

  writeState(values: readonly Float32Array[]): Promise<void> {
    if (this.#undecided) this.#mode = null;
    this.#undecided = false;
    return this.#current().writeState(values);
  }

  readState(): Promise<Float32Array[]> {
    return this.#current().readState();
  }

  async step(batch: TrainingBatch): Promise<StepResult> {
    if (this.#mode !== null) return this.#current().step(batch);
    const { recorder, description } = this.#engine;
    if (recorder === null) {
      this.#stayEager(`${description.name} has no compiler`);
      return this.#eager.step(batch);
    }
    const recording = recorder(this.#program, this.#sizes);
    const before = await this.#eager.readState();
    const probe = this.#probe(batch);
    const evaluated = await this.#eager.evaluate(probe, recording.trace);
    const expected = await this.#eager.step(batch, recording.trace);
    if (!Number.isFinite(expected.loss)) {
      this.#undecided = true;
      this.#stayEager('the first loss was not finite, so a compiled step could not be compared with it');
      return expected;
    }
    const replayed = await this.#tryToCompile(recording, before, { batch, expected, probe, evaluated });
    if (replayed === null) return expected;
    this.#mode = { mode: 'compiled' };
    this.#eager.close();
    // The replay's, so that a run's numbers are the same to the bit in a trainer that was warm already.
    return replayed;
  }

  evaluate(batch: EvaluationBatch): Promise<EvaluationResult> {
    return this.#current().evaluate(batch);
  }

  close(): void {
    this.#eager.close();
    this.#compiled?.close();
    this.#compiled = null;
  }

  #current(): Training {
    return this.#compiled ?? this.#eager;
  }

  /** The images of a training batch as an evaluation batch, filled up with zeros. */
  #probe({ images, labels }: TrainingBatch): EvaluationBatch {
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

  /** The replay's result if it can be trusted from now on; else null, and the mode says why. */
  async #tryToCompile(
    recording: TrainingRecorder,
    before: Float32Array[],
    { batch, expected, probe, evaluated }: FirstBatch,
  ): Promise<StepResult | null> {
    let compiled: Training | null = null;
    try {
      compiled = await recording.compile();
      await compiled.writeState(before);
      const reason = evaluationDifference(evaluated, await compiled.evaluate(probe));
      const found = reason === null ? await compiled.step(batch) : null;
      const refused =
        found === null
          ? reason
          : stepDifference(
              this.#program,
              before,
              { result: expected, state: await this.#eager.readState() },
              { result: found, state: await compiled.readState() },
            );
      if (found !== null && refused === null) {
        this.#compiled = compiled;
        return found;
      }
      compiled.close();
      return this.#stayEager(refused ?? '');
    } catch (error) {
      compiled?.close();
      return this.#stayEager(`the step could not be compiled: ${String(error)}`);
    }
  }

  #stayEager(reason: string): null {
    this.#mode = { mode: 'eager', reason };
    return null;
  }
}

/** The first batch with what eager training made of it. */
interface FirstBatch {
  readonly batch: TrainingBatch;
  readonly expected: StepResult;
  readonly probe: EvaluationBatch;
  readonly evaluated: EvaluationResult;
}
