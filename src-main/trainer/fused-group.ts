import type { Own } from '../../src-shared/studies/in-one-step.ts';
import type { Fused, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import type {
  EvaluationBatch,
  EvaluationResult,
  FusedTraining,
  State,
  StepResult,
  Training,
  TrainingBatch,
} from '../engine/engine.ts';
import type { TrainingProgram } from '../engine/training-program.ts';
import type { Pause } from '../work/answer-work.ts';
import { JointCall } from './joint-call.ts';
import { takeSteps } from '../engine/steps-a-call.ts';

/** What a group trains. */
export interface FusedProgram {
  /** Of one network. */
  readonly program: Pick<TrainingProgram, 'state'>;
  /** Of as many as the group has places. */
  readonly guarded: FusedTraining;
}

/** A run in a group. */
export interface FusedMember {
  readonly place: number;
  /** Networks that are trained side by side. */
  readonly size: number;
  readonly own: Own;
  /** Of these, how many belong to a run that has not left. */
  readonly present: number;
  /** Of its network. @param fused the same for all of a group */
  training(fused: FusedProgram): Training;
  /** Whether all that are present go on from this step: where they do not, none can. */
  agree(step: number): Promise<boolean>;
  /** How many steps the next call takes: the fewest that any wants. */
  stepsACall(wanted: number): Promise<number>;
  /**
   * Whether a resume checkpoint is due here: as the first who asks finds, so that all have one of the same step.
   * @param at the same for all
   */
  isDue(at: string, find: () => boolean): boolean;
  /** Pauses when all that are at work have come to a pause, so that who are stopped together stop at the same step. Rejects as its own does. */
  pause(own: Pause): Promise<void>;
  /** Has the others wait for it no more. */
  leave(): void;
}

/**
 * Runs whose networks one program trains side by side. Each is trained as if it were alone, and waits in each of its steps until all that
 * are at work have come to theirs: one call takes the step of all. Whoever leaves, for whatever reason, is waited for no more; its network is
 * trained on with what another is given, and nobody asks for its numbers.
 */
export class FusedGroup {
  readonly #size: number;
  readonly #own: Own;
  readonly #onEnd: () => void;
  readonly #present: Set<number>;
  /** Of these, those that wait for nothing; some may have to come yet. */
  readonly #atWork: Set<number>;
  #fused: FusedProgram | null = null;
  #isWritten = false;
  /** The present states, where somebody has asked for theirs since they changed. */
  #states: Promise<Float32Array[][]> | null = null;

  #due: { readonly at: string; readonly isDue: boolean } | null = null;

  readonly #pausing = new JointCall<Pause, Error | null>((given) => this.#pauseAll(given));
  readonly #agreeing = new JointCall<number, boolean>((given) => {
    const isOne = new Set(given.values()).size === 1;
    return Promise.resolve(() => isOne);
  });
  readonly #counting = new JointCall<number, number>((given) => {
    const fewest = Math.min(...given.values());
    return Promise.resolve(() => fewest);
  });
  readonly #writing = new JointCall<State, void>((given) => this.#write(given));
  readonly #evaluating = new JointCall<EvaluationBatch, EvaluationResult>((given) => this.#evaluate(given));
  readonly #stepping = new JointCall<readonly TrainingBatch[], StepResult[]>((given) => this.#step(given));

  /** @param onEnd called when all have left */
  constructor({ runs, present, own }: Fused, onEnd: () => void) {
    this.#size = runs.length;
    this.#own = own;
    this.#onEnd = onEnd;
    this.#present = new Set(present.map((run) => runs.indexOf(run)));
    this.#atWork = new Set(this.#present);
  }

  member(place: number): FusedMember {
    const present = (): number => this.#present.size;
    return {
      ...{ place, size: this.#size, own: this.#own },
      get present() {
        return present();
      },
      training: (fused) => this.#training(place, fused),
      agree: (step) => this.#ask(this.#agreeing, place, step),
      stepsACall: (wanted) => this.#ask(this.#counting, place, wanted),
      isDue: (at, find) => {
        if (this.#due?.at !== at) this.#due = { at, isDue: find() };
        return this.#due.isDue;
      },
      pause: async (own) => {
        const error = await this.#ask(this.#pausing, place, own);
        if (error !== null) throw error;
      },
      leave: () => {
        this.#present.delete(place);
        this.#atWork.delete(place);
        if (this.#present.size === 0) this.#onEnd();
        else this.#callIfAllWait();
      },
    };
  }

  #training(place: number, fused: FusedProgram): Training {
    this.#fused ??= fused;
    if (this.#fused.guarded !== fused.guarded)
      throw new Error('runs that are trained together are of one network, and alike in what a step does');
    const steps = (batches: readonly TrainingBatch[]) => this.#ask(this.#stepping, place, batches);
    return {
      writeState: (state) => this.#ask(this.#writing, place, state),
      // who asks is at work, so that nothing changes meanwhile
      readState: async () => at(await this.#read(fused), place),
      step: async (batch) => at(await steps([batch]), 0),
      get several() {
        const { several } = fused.guarded;
        return several && { most: several.most, steps };
      },
      evaluate: (batch) => this.#ask(this.#evaluating, place, batch),
      close: () => undefined,
    };
  }

  #ask<Given, Answer>(call: JointCall<Given, Answer>, place: number, given: Given): Promise<Answer> {
    const answer = call.ask(place, given);
    this.#atWork.delete(place);
    this.#callIfAllWait();
    return answer;
  }

  /** One kind of call at a time: those who wait for another are joined by who is answered now. */
  #callIfAllWait(): void {
    if (this.#atWork.size > 0) return;
    const calls = [
      ...[this.#pausing, this.#agreeing, this.#writing, this.#evaluating],
      ...[this.#counting, this.#stepping],
    ];
    const next = calls.find(({ isAsked }) => isAsked);
    void next?.make((place) => this.#atWork.add(place));
  }

  /** One after the other: what the first lets in, the others have heard when they are asked. */
  async #pauseAll(given: ReadonlyMap<number, Pause>): Promise<(place: number) => Error | null> {
    const errors = new Map<number, Error>();
    for (const [place, pause] of given)
      await pause().catch((error: unknown) => {
        errors.set(place, error instanceof Error ? error : new Error(String(error)));
      });
    return (place) => errors.get(place) ?? null;
  }

  async #write(given: ReadonlyMap<number, State>): Promise<() => void> {
    const fused = this.#known();
    const present = this.#isWritten ? await this.#read(fused) : null;
    const empty = (): State => fused.program.state.map(({ size }) => new Float32Array(size));
    const states = Array.from(
      { length: this.#size },
      (_, place) => given.get(place) ?? present?.[place] ?? empty(),
    );
    this.#states = null;
    await fused.guarded.writeState(states);
    this.#isWritten = true;
    return () => undefined;
  }

  async #step(
    given: ReadonlyMap<number, readonly TrainingBatch[]>,
  ): Promise<(place: number) => StepResult[]> {
    const [any = []] = given.values();
    const batches = any.map((of, step) =>
      Array.from({ length: this.#size }, (_, place) => given.get(place)?.[step] ?? of),
    );
    this.#states = null;
    const { guarded } = this.#known();
    const results = await takeSteps(guarded, batches);
    return (place) => results.map((ofNetworks) => at(ofNetworks, place));
  }

  /** All are measured on the same images. */
  async #evaluate(given: ReadonlyMap<number, EvaluationBatch>): Promise<(place: number) => EvaluationResult> {
    const [any] = given.values();
    if (any === undefined) throw new Error('nobody evaluates');
    const results = await this.#known().guarded.evaluate(any);
    return (place) => at(results, place);
  }

  #read({ guarded }: FusedProgram): Promise<Float32Array[][]> {
    return (this.#states ??= guarded.readState());
  }

  #known(): FusedProgram {
    if (this.#fused === null) throw new Error('nobody has come with a program');
    return this.#fused;
  }
}

function at<T>(ofNetworks: readonly T[], place: number): T {
  const own = ofNetworks[place];
  if (own === undefined) throw new Error(`there is no network ${place}`);
  return own;
}

/** The groups of a trainer. */
export class FusedGroups {
  readonly #groups = new Map<string, FusedGroup>();

  /** Null for a run that is trained alone. */
  join({ run, fused }: Pick<RunSpecification, 'run' | 'fused'>): FusedMember | null {
    if (fused === undefined) return null;
    const key = JSON.stringify(fused);
    const group = this.#groups.get(key) ?? new FusedGroup(fused, () => this.#groups.delete(key));
    this.#groups.set(key, group);
    return group.member(fused.runs.indexOf(run));
  }
}
