import { Problem, type ProblemCode } from '../../src-shared/mistakes/problem.ts';
import type {
  EngineDescription,
  Failure,
  RunSpecification,
} from '../../src-shared/studies/trainer-protocol.ts';
import { ownSeconds } from '../../src-shared/runs/own-seconds.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import type { TrainedBy, Trainer, TrainerSource } from '../executors/executor.ts';
import { removeEndedResumes } from '../artifacts/resume-files.ts';
import { beginRunFolder } from '../artifacts/run-folders.ts';
import type { Store } from '../store/store.ts';
import type { StudyOutcome } from '../../src-shared/contract/api/execution.ts';
import type { SchedulerEvent } from './events.ts';
import { MachineSampler } from '../machine/sample-machine.ts';
import type { HostProvenance } from './host-provenance.ts';
import { stepKey } from '../../src-shared/studies/in-one-step.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import type { RunPlan } from '../../src-shared/studies/plan-runs.ts';
import { type ReachedStep, reachedStep } from '../../src-shared/studies/reached-step.ts';
import type { LongerRuns } from '../artifacts/shorter-runs.ts';
import type { RepeatedRun, SingleRuns } from './single-runs.ts';
import type { AddedSeeds } from './added-seeds.ts';
import { type PartSizes, shareLeft } from './run-course.ts';
import { pointBuffer, type PointBuffer } from './point-buffer.ts';
import { labelOf, type QueuedRun, type TakenRuns } from './queued-run.ts';
import { type ListenerOptions, runListener } from './run-listener.ts';
import { type SeatOfRun, StudyProgress } from './study-progress.ts';
import { RunQueue, type TrainerState } from './run-queue.ts';
import { type RunEnd, runOnTrainer } from './run-on-trainer.ts';
import { RunTaker } from './take-runs.ts';
import { type TrainerEvent, trainerPool, type TrainerPool } from './trainer-pool.ts';

export interface ExecutionOptions {
  readonly store: Store;
  readonly study: string;
  readonly cells: readonly CostedCell[];
  readonly plan: RunPlan;
  /** Ids of the waiting runs, one for each missing one of the plan. */
  readonly runs: readonly string[];
  readonly added: AddedSeeds;
  readonly jobs: JobPlan;
  readonly specificationOf: (run: string, cell: CostedCell, seed: number) => RunSpecification;
  readonly parts: PartSizes;
  /** `cellWork` */
  readonly workOf: (cell: CostedCell) => number;
  readonly dataHash: string;
  readonly provenance: HostProvenance;
  readonly executor: TrainerSource;
  readonly emit: (event: SchedulerEvent) => void;
  /** What is looked for from which runs go on that begin; `how` is that of interrupted ones, too. */
  readonly longer: LongerRuns;
  /** Ids of runs that begin before all others. */
  readonly first: readonly string[];
  /** As in `StudyOptions`. */
  readonly leaves: boolean;
}

/** Where a run is trained. */
interface Seat extends SeatOfRun {
  /** Among those at which runs are trained at once, from 0. */
  readonly place: number;
  /** As in `TakenRuns`. */
  readonly from: number | null;
}

/** Failures that every further run would share. */
const HOPELESS: Partial<Record<Failure['code'], ProblemCode>> = {
  'engine-missing': 'engine-missing',
  'disk-full': 'disk-full',
  'data-invalid': 'data-invalid',
};

/** One execution of a study: a queue of runs, and as many workers as there are jobs. */
export class StudyExecution implements SingleRuns {
  readonly #options: ExecutionOptions;
  readonly #queue: RunQueue<QueuedRun>;
  readonly #taker: RunTaker;
  readonly #progress: StudyProgress;
  readonly #points: PointBuffer;
  readonly #pool: TrainerPool;
  /** Null where other machines compute. */
  readonly #machine: MachineSampler | null;
  readonly #stop = new AbortController();
  readonly #pause = new AbortController();
  /** Those that have a run in progress. */
  readonly #training = new Set<TrainerState>();
  /** Workers without a run, which go on when one has ended. */
  readonly #idle: (() => void)[] = [];
  /** By the id of a run that trains: what ends it alone. */
  readonly #ends = new Map<string, AbortController>();
  /** Trainers whose death has been told. */
  readonly #dead = new WeakSet<Trainer>();
  /** Of these, the ids of those that are passed over. */
  readonly #skipped = new Set<string>();
  /** By the id of a run that can go on without this process: what has it do so. */
  readonly #handedOver = new Map<string, () => void>();
  #isParting = false;
  #isCompared = false;
  #killed = false;
  #fatal: { readonly error: unknown } | null = null;

  constructor(options: ExecutionOptions) {
    const { store, study, cells, plan, runs, added, jobs, executor, emit } = options;
    this.#options = options;
    this.#isParting = options.leaves;
    this.#queue = new RunQueue(
      plan.missing.map(({ cell, seed, reached }, index) =>
        this.#queued(runs[index] ?? '', cell, seed, reached),
      ),
    );
    this.#queue.putFirst(options.first);
    this.#progress = new StudyProgress({ ...options, ...jobs, open: added.open });
    this.#taker = new RunTaker({
      ...{ store, cells, queue: this.#queue, longer: options.longer, most: jobs.fused ?? 1 },
      forecast: () => this.#progress.forecast(),
    });
    this.#points = pointBuffer(
      store,
      (points) => emit({ type: 'points saved', points }),
      (error) => this.#abort(error),
    );
    this.#machine = executor.isElsewhere
      ? null
      : new MachineSampler(
          this.#safely((sample) => {
            store.addMachineSample(study, sample);
            emit({ type: 'machine sampled', sample });
          }),
        );
    this.#pool = trainerPool(executor, jobs.threads, (event) => {
      this.#noteTrainer(event);
      emit(event);
      if (event.type === 'trainer started') this.#compareEngine(event.engine);
    });
  }

  async run(): Promise<StudyOutcome> {
    const clock = setInterval(() => this.#tellProgress(), 1000);
    try {
      const wanted = this.#queue.length + this.#progress.open;
      const { executor, jobs } = this.#options;
      const workers = executor.isElsewhere ? wanted : Math.min(jobs.jobs, wanted);
      const working = Promise.all(Array.from({ length: workers }, (_, place) => this.#work(place)));
      // trainers are starting now
      this.#tellProgress();
      await working;
    } finally {
      clearInterval(clock);
      this.#machine?.stop(!this.#killed);
      this.#points.close();
    }
    if (this.#fatal) throw this.#fatal.error;
    const outcome = this.#progress.outcome(this.#isStopping);
    this.#options.emit({ type: 'study finished', ...outcome });
    return outcome;
  }

  /** Ends the runs in progress after their present step and begins no further one; they go on in a later start. */
  pause(): void {
    this.#pause.abort();
  }

  stop(): void {
    if (this.#isStopping) return;
    this.#options.emit({ type: 'study stopping', running: this.#progress.running });
    this.#stop.abort();
  }

  leaveBehind(): boolean {
    if (!this.#options.executor.isElsewhere) return false;
    this.#isParting = true;
    this.#partIfHandedOver();
    return true;
  }

  /** Parts with the runs once all of them go on without this process. */
  #partIfHandedOver(): void {
    if (!this.#isParting || this.#queue.length > 0 || this.#handedOver.size < this.#training.size) return;
    for (const part of this.#handedOver.values()) part();
  }

  get #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Whether workers begin no further run. */
  get #isLeaving(): boolean {
    return this.#pause.signal.aborted || this.#isStopping;
  }

  kill(): void {
    this.#killed = true;
    this.#stop.abort();
    this.#pool.kill();
  }

  cancel(run: string): boolean {
    const end = this.#ends.get(run);
    end?.abort();
    return end !== undefined;
  }

  skip(runs: readonly string[]): ReadonlySet<string> {
    const ending = new Set(runs.filter((run) => this.cancel(run)));
    for (const run of ending) this.#skipped.add(run);
    const waited = this.#queue.remove(new Set(runs));
    for (const { content, reached } of waited) this.#progress.drop(content, reached);
    if (waited.length > 0) this.#tellProgress();
    return ending;
  }

  putFirst(runs: readonly string[]): void {
    this.#queue.putFirst(runs);
  }

  /** Only beside a run in progress: its trainer goes on with the new ones. */
  add(runs: readonly RepeatedRun[]): boolean {
    const cells = new Map(this.#options.cells.map((cell) => [cell.id, cell]));
    const known = runs.flatMap((run) => {
      const cell = cells.get(run.cell);
      return cell ? [{ ...run, cell }] : [];
    });
    if (known.length < runs.length || this.#isLeaving || this.#training.size === 0) return false;
    const { store } = this.#options;
    const queued = known.map(({ id, cell, seed }) =>
      this.#queued(id, cell, seed, reachedStep(store.run(id))),
    );
    this.#queue.add(queued);
    for (const [place, { cell, end }] of known.entries())
      this.#progress.repeat(cell, end, queued[place]?.reached ?? null);
    for (const resume of this.#idle.splice(0)) resume();
    this.#tellProgress();
    return true;
  }

  /** No further run can end well: the workers end, and `run` rejects with the first error. */
  #abort(error: unknown): void {
    this.#fatal ??= { error };
    this.kill();
  }

  #tellProgress(): void {
    this.#options.emit(this.#progress.event(this.#options.executor.workers?.() ?? null));
  }

  #noteTrainer(event: TrainerEvent): void {
    if (event.type === 'trainer starting') this.#progress.trainerStarting();
    else this.#progress.trainerStarted(event.type === 'trainer started' ? event.engine : null);
  }

  /** All trainers of an execution compute alike, so that the first one tells. */
  #compareEngine({ name, version }: EngineDescription): void {
    if (this.#isCompared) return;
    this.#isCompared = true;
    const now = `${name} ${version}`;
    const known = this.#options.plan.done.filter(({ engine }) => engine !== null);
    const before = new Set(known.map((run) => `${run.engine ?? ''} ${run.engineVersion ?? ''}`));
    before.delete(now);
    if (before.size > 0) this.#options.emit({ type: 'engine differs', before: [...before].sort(), now });
  }

  /** @param place of the trainer */
  async #work(place: number): Promise<void> {
    let trainer: Trainer | null = null;
    let trained = new Set<string>();
    try {
      while (this.#hasRun || (await this.#growsRun())) {
        // first a trainer, then a run: a run that is claimed has someone to train it
        const ready = await this.#pool.ready(trainer);
        if (ready !== trainer) trained = new Set();
        trainer = ready;
        if (!trainer) break;
        const next = this.#isLeaving ? null : this.#taker.take({ trained, run: null }, [...this.#training]);
        const first = next?.runs[0];
        // another one took it while this trainer was made ready
        if (!next || !first) continue;
        const isCold = trained.size === 0;
        trained.add(first.cell);
        await this.#trainBeside(trainer, next, { trained, run: first.run }, { place, isCold });
      }
    } catch (error) {
      this.#abort(error);
    }
    await trainer?.leave();
  }

  get #hasRun(): boolean {
    return !this.#isLeaving && this.#queue.length > 0;
  }

  /** Whether runs in progress add one that can begin: waits until the seeds are decided that they may add. */
  async #growsRun(): Promise<boolean> {
    const mayGrow = (): boolean => this.#training.size > 0 && this.#progress.open > 0;
    while (!this.#isLeaving && this.#queue.length === 0 && mayGrow())
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    return this.#hasRun;
  }

  /** @param place of the trainer */
  async #trainBeside(
    trainer: Trainer,
    { runs, fused, from }: TakenRuns,
    state: TrainerState,
    { place, isCold }: Pick<Seat, 'place' | 'isCold'>,
  ): Promise<void> {
    this.#training.add(state);
    const first = place * (this.#options.jobs.fused ?? 1);
    try {
      // all are begun and given to the trainer before anything else happens, as none of them trains until all are there
      await Promise.all(
        runs.map((run, beside) => this.#train(trainer, run, { place: first + beside, fused, from, isCold })),
      );
    } finally {
      this.#training.delete(state);
      for (const resume of this.#idle.splice(0)) resume();
    }
  }

  async #train(trainer: Trainer, next: QueuedRun, seat: Seat): Promise<void> {
    const { store } = this.#options;
    const { goOn } = this.#taker.goingOn(next);
    const specification = {
      ...next.specification,
      ...(goOn && { goOn: { ...goOn, upTo: Math.min(goOn.upTo, seat.from ?? Infinity) } }),
      ...(seat.fused && { fused: seat.fused }),
    };
    if (trainer.about !== null) this.#begin(next, seat, { engine: trainer.about });
    const end = await this.#follow(trainer, { ...next, specification }, seat).catch(
      (error: unknown): RunEnd => {
        this.#abort(error);
        return { state: 'stopped' };
      },
    );
    this.#points.flush();
    if (end.state === 'failed' && end.failure.code === 'trainer-died' && !this.#killed) {
      this.#tellDeath(trainer, end.failure.message);
    }
    this.#record(next, end);
    // until its end is there for good it could still have to go on; where the disk refuses that, those of the next run's end go with them
    await store.toDisk().then(
      () => removeEndedResumes(store),
      () => undefined,
    );
    if (end.state === 'complete' || end.state === 'failed') await trainer.recorded?.(next.run);
    this.#decideSeeds(next);
    this.#tellProgress();
  }

  /** Once, however many runs it was training. */
  #tellDeath(trainer: Trainer, cause: string): void {
    if (this.#dead.has(trainer)) return;
    this.#dead.add(trainer);
    this.#options.emit({ type: 'trainer died', pid: trainer.pid, cause });
  }

  /** A waiting run is trained from now on. @param by what is not as this process says of itself */
  #begin(next: QueuedRun, seat: Seat, by: Omit<TrainedBy, 'repeats'> | { engine: EngineDescription }): void {
    const { store, provenance, dataHash, emit } = this.#options;
    beginRunFolder(store, next.run);
    const fusedWith = seat.fused?.runs.filter((run) => run !== next.run);
    store.startRun(next.run, {
      provenance: { ...provenance, ...by, ...(fusedWith && { fusedWith }), dataHash },
    });
    this.#progress.begin(next.run, next.content, seat, next.reached);
    emit({ type: 'run claimed', ...labelOf(next) });
  }

  /** Until the run has ended, or is left behind. @throws Problem where no further run could be trained */
  async #follow(trainer: Trainer, next: QueuedRun, seat: Seat): Promise<RunEnd> {
    const { run } = next;
    const alone = new AbortController();
    this.#ends.set(run, alone);
    try {
      return await runOnTrainer(trainer, next.specification, {
        signal: AbortSignal.any([this.#stop.signal, this.#pause.signal, alone.signal]),
        onProgress: this.#safely(runListener(this.#listening, next, seat.place)),
        onBegun: this.#safely((by) => this.#begunElsewhere(next, seat, by)),
        onHandedOver: () => {
          this.#handedOver.set(run, () => trainer.leaveBehind?.());
          this.#partIfHandedOver();
        },
        onTrouble: (what) => this.#options.emit({ type: 'trouble', what }),
      });
    } finally {
      this.#ends.delete(run);
      this.#handedOver.delete(run);
    }
  }

  /** Where another has taken the run over, it was interrupted in between. */
  #begunElsewhere(next: QueuedRun, seat: Seat, by: TrainedBy): void {
    const { store } = this.#options;
    this.#compareEngine(by.engine);
    this.#points.flush();
    if (this.#progress.course(next.run)) {
      store.endRun(next.run, 'interrupted');
      store.resumeRuns([next.run]);
    }
    const { repeats, ...trainedBy } = by;
    this.#begin(next, seat, trainedBy);
    if (repeats) store.forgetTraining(next.run, repeats);
  }

  #queued(run: string, cell: CostedCell, seed: number, reached: ReachedStep | null): QueuedRun {
    const { specificationOf, workOf, parts } = this.#options;
    const specification = specificationOf(run, cell, seed);
    const work = workOf(cell) * shareLeft(parts, cell.recipe.epochs, reached);
    return {
      ...{ run, cell: cell.id, factors: cell.factors, seed, work, reached, specification, content: cell },
      step: stepKey(cell),
    };
  }

  /** Adds the seeds that follow from a run that has ended. */
  #decideSeeds({ run, content: cell }: QueuedRun): void {
    const { store, study, added, emit } = this.#options;
    const next = added.next(cell, () => store.run(run));
    if (next === null) return;
    const planned = store.addRuns(next.added.map((seed) => ({ study, cell: cell.id, seed, retryOf: null })));
    this.#queue.add(next.added.map((seed, place) => this.#queued(planned[place] ?? '', cell, seed, null)));
    this.#progress.decide(cell, planned.length, next.open);
    const { id, factors } = cell;
    emit({ type: 'seeds decided', cell: id, factors, decision: next.decision, planned });
  }

  #record(next: QueuedRun, end: RunEnd): void {
    const { store, emit } = this.#options;
    const label = labelOf(next);
    if (end.state === 'complete') {
      store.completeRun(next.run, end.result);
      const record = store.run(next.run);
      this.#progress.complete(label, record);
      const seconds = ownSeconds(record) ?? end.result.seconds;
      emit({ type: 'run finished', ...label, metrics: record.metrics, seconds });
    } else if (end.state === 'left') {
      if (!this.#progress.course(next.run)) return;
      store.leaveRun(next.run);
      this.#progress.leave(next.run, next.content);
    } else if (end.state === 'stopped' || this.#killed) {
      if (!this.#progress.course(next.run)) return this.#recordUnbegun(next);
      store.endRun(next.run, 'interrupted');
      this.#progress.interrupt(next.run);
      if (this.#skipped.has(next.run)) {
        store.skipRuns([next.run]);
        this.#progress.passOver();
      }
      emit({ type: 'run interrupted', ...label });
    } else if (!this.#progress.course(next.run)) {
      // it waits on, as nobody has begun it; the others would not be begun either
      this.#abort(new Error(`a run could not be begun: ${end.failure.message}`));
    } else {
      const failure = { ...end.failure, step: end.failure.step ?? store.run(next.run).step };
      store.failRun(next.run, failure);
      this.#progress.fail(next.run, failure);
      emit({ type: 'run failed', ...label, failure });
      const code = HOPELESS[failure.code];
      if (code) this.#abort(new Problem(code, failure.message));
    }
  }

  /** A run that nobody had begun to train goes on to wait, unless it is passed over. */
  #recordUnbegun({ run, content, reached }: QueuedRun): void {
    if (!this.#skipped.has(run)) return;
    this.#options.store.skipRuns([run]);
    this.#progress.drop(content, reached);
  }

  get #listening(): ListenerOptions {
    const { store, dataHash, emit } = this.#options;
    return {
      ...{ store, dataHash, emit },
      ...{ points: this.#points, progress: this.#progress, machine: this.#machine },
    };
  }

  /** An error in a listener is the store's, and ends the execution. */
  #safely<Heard>(listen: (heard: Heard) => void): (heard: Heard) => void {
    return (heard) => {
      try {
        listen(heard);
      } catch (error) {
        this.#abort(error);
      }
    };
  }
}
