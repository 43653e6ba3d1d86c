import type { TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import type { Checkpoints } from '../checkpoints/checkpoints.ts';
import { writeResumeCheckpoint } from '../checkpoints/resume-checkpoints.ts';
import { slotTensors, weightTensors } from '../checkpoints/state-tensors.ts';
import { type Carried, toldStep } from './carried.ts';
import type { FusedMember } from './fused-group.ts';
import type { PreparedRun } from './prepare-run.ts';
import { ResumeSchedule } from './resume-schedule.ts';
import { type ResumeFacts, writtenFacts } from './resume-facts.ts';

/**
 * Writes a run's resume checkpoints as it trains, one at a time and beside the steps. One that cannot be written costs the run nothing but
 * what it would have saved after an interruption, so that the training goes on; the next is tried when it is due.
 */
export class ResumeWriter {
  readonly #run: PreparedRun;
  readonly #checkpoints: Checkpoints;
  readonly #facts: () => ResumeFacts;
  readonly #tell: (progress: TrainingProgress) => void;
  readonly #member: FusedMember | null;
  readonly #schedule: ResumeSchedule;
  #pending: Promise<void> | null = null;
  /** Of the last one. */
  #written: Carried;

  /** @param facts what the run carries now, as a copy */
  constructor(
    run: PreparedRun,
    checkpoints: Checkpoints,
    facts: () => ResumeFacts,
    {
      tell,
      member,
    }: { readonly tell: (progress: TrainingProgress) => void; readonly member: FusedMember | null },
  ) {
    this.#run = run;
    this.#checkpoints = checkpoints;
    this.#facts = facts;
    this.#tell = tell;
    this.#member = member;
    this.#schedule = new ResumeSchedule(run.specification.resumeSeconds, performance.now());
    this.#written = facts().carried;
  }

  /** @param step that was taken last */
  isDue(step: number, isEpochEnd: boolean): boolean {
    const find = (): boolean => this.#pending === null && this.#schedule.isDue(performance.now(), isEpochEnd);
    if (this.#member === null) return find();
    return this.#member.isDue(`${step} ${isEpochEnd}`, find);
  }

  /** Of the present state. @param read the state, where it has been read already; nobody changes it any more */
  async write(read?: readonly Float32Array[]): Promise<void> {
    const { artifacts } = this.#run.specification;
    const { program, training } = this.#run.prepared;
    // where others have said that it is due
    await this.settled();
    const began = performance.now();
    const facts = this.#facts();
    const step = toldStep(facts.carried, this.#run.stepsPerEpoch);
    const written = writtenFacts(facts);
    const state = read ?? (await training.readState());
    let took = performance.now() - began;
    const onDisk = async (): Promise<void> => {
      // what it speaks of has to be there before it
      await this.#checkpoints.settled();
      const resumed = performance.now();
      const tensors = [...weightTensors(program, state), ...slotTensors(program, state)];
      const writing = writeResumeCheckpoint(
        artifacts,
        { step, tensors, facts: written },
        facts.carried.artifacts,
      );
      took += performance.now() - resumed;
      await writing;
      this.#written = facts.carried;
      this.#tell({ type: 'resume checkpoint', step });
    };
    this.#pending = onDisk()
      .catch(() => undefined)
      .finally(() => {
        this.#pending = null;
        this.#schedule.made(began, took);
      });
  }

  /** Where the training is left now: one of this very moment, unless there is one. Resolves when the disk has it. */
  async writeAtStop(): Promise<void> {
    await this.settled();
    const { step, last } = this.#facts().carried;
    if (step === this.#written.step && last?.epoch === this.#written.last?.epoch) return;
    await this.write();
    await this.settled();
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#pending;
  }
}
