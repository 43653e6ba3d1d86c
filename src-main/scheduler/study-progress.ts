import type { Workers } from '../../src-shared/contract/api/studies.ts';
import type { EngineDescription, Failure, Fused } from '../../src-shared/studies/trainer-protocol.ts';
import type { CostedCell, Factors } from '../../src-shared/studies/cell.ts';
import { chooseBest, type JudgedRun } from '../../src-shared/studies/choose-best.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import { inSteps, stepKey } from '../../src-shared/studies/in-one-step.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import { ONE_BY_ONE, type StepsBeside, timesOfStep } from '../../src-shared/studies/steps-beside.ts';
import { runsInStep } from '../../src-shared/runs/own-seconds.ts';
import { mean } from '../../src-shared/statistics/interval.ts';
import { estimateRemaining, type FinishedWork, forecast, type Work } from './estimate-remaining.ts';
import type { BestSoFar, RunLabel, StudyOutcome } from '../../src-shared/contract/api/execution.ts';
import type { SchedulerEvent } from './events.ts';
import type { PlannedRun, RunPlan } from '../../src-shared/studies/plan-runs.ts';
import type { ReachedStep } from '../../src-shared/studies/reached-step.ts';
import type { RepeatedRun } from './single-runs.ts';
import type { RunForecast } from './run-queue.ts';
import { type PartSizes, RunCourse, shareLeft } from './run-course.ts';

export interface ProgressOptions extends Pick<JobPlan, 'jobs' | 'fused' | 'beside'> {
  readonly study: string;
  readonly cells: readonly CostedCell[];
  readonly plan: RunPlan;
  readonly parts: PartSizes;
  /** `cellWork` */
  readonly workOf: (cell: CostedCell) => number;
  /** Seeds that a rule may still add, by cell; empty where they are fixed. */
  readonly open?: ReadonlyMap<string, number>;
  /** Milliseconds. */
  readonly clock?: () => number;
}

/** Where a run is trained. */
export interface SeatOfRun {
  /** Whether it is the first of its trainer. */
  readonly isCold: boolean;
  /** With which it is trained in one step; null where it is trained alone. */
  readonly fused: Fused | null;
}

/** A run that waits. */
interface WaitingWork {
  readonly cell: CostedCell;
  /** Of what it has left, alone. */
  readonly amount: number;
  /** Those with which it goes on in one step; null for one that begins. */
  readonly goesOnIn: { readonly group: string; readonly networks: number } | null;
}

type Waiting = Pick<PlannedRun, 'cell'> & Partial<Pick<PlannedRun, 'reached' | 'run'>>;

/** Counts what has happened in one execution of a study and estimates the rest. */
export class StudyProgress {
  readonly #study: string;
  /** Trainers at once. */
  readonly #jobs: number;
  /** Runs that each trains in one step at most. */
  readonly #most: number;
  readonly #beside: Pick<StepsBeside, 'growth'>;
  readonly #parts: PartSizes;
  readonly #amountOf: (cell: CostedCell) => number;
  readonly #clock: () => number;
  readonly #began: number;
  readonly #active = new Map<string, RunCourse>();
  readonly #finished: FinishedWork[] = [];
  /** Runs from before, which tell how long a cell takes where what trains now is what trained them. */
  #earlier: (FinishedWork & { readonly run: RunRecord })[] = [];
  readonly #waiting: WaitingWork[];
  /** Seeds that a rule may still add, by cell. */
  readonly #open: Map<string, number>;
  readonly #cells: ReadonlyMap<string, CostedCell>;
  #total: number;
  /** Runs that wait and are not trained this time. */
  readonly #later: number;
  #starting = 0;
  #done: number;
  #failed: number;
  #diverged: number;
  #interrupted = 0;
  /** Complete runs by cell. */
  readonly #results = new Map<string, { readonly factors: Factors; readonly runs: JudgedRun[] }>();

  constructor(options: ProgressOptions) {
    const {
      study,
      cells,
      plan,
      parts,
      workOf,
      jobs,
      fused = 1,
      beside = ONE_BY_ONE,
      open = [],
      clock = () => performance.now(),
    } = options;
    this.#clock = clock;
    this.#began = clock();
    this.#study = study;
    this.#jobs = jobs;
    this.#most = fused;
    this.#beside = beside;
    this.#parts = parts;
    this.#amountOf = workOf;
    this.#total = plan.done.length + plan.given.length + plan.missing.length + plan.later;
    this.#later = plan.later;
    this.#done = plan.done.length;
    this.#failed = plan.given.length;
    this.#diverged = plan.given.length;
    this.#waiting = plan.missing.map((missing) => this.#waitingWork(missing));
    this.#open = new Map(open);
    this.#cells = new Map(cells.map((cell) => [cell.id, cell]));
    for (const run of plan.done) {
      const cell = this.#cells.get(run.cell);
      if (cell && run.seconds !== null)
        this.#earlier.push({
          ...this.#workOf(cell, runsInStep(run)),
          isCold: false,
          seconds: run.seconds,
          startSeconds: null,
          run,
        });
      this.#keepResult(run);
    }
  }

  /** What was decided about the seeds of a cell. @param added runs of it that wait from now on @param open how many may follow */
  decide(cell: CostedCell, added: number, open: number): void {
    this.#total += added;
    this.#waiting.push(...Array.from({ length: added }, () => this.#waitingWork({ cell })));
    this.#open.set(cell.id, open);
  }

  /** A run that waited is passed over. */
  drop(cell: CostedCell, reached: ReachedStep | null): void {
    this.#noLongerWaits(cell, reached);
    this.#total--;
  }

  /** A run that has ended in this execution, or before it, is trained anew or goes on. @param end how it ended; null where it was no part of the study */
  repeat(cell: CostedCell, end: RepeatedRun['end'], reached: ReachedStep | null): void {
    if (end === null) this.#total++;
    else if (end === 'interrupted') this.#interrupted = Math.max(0, this.#interrupted - 1);
    else this.#failed = Math.max(0, this.#failed - 1);
    if (end === 'diverged') this.#diverged = Math.max(0, this.#diverged - 1);
    this.#waiting.push(this.#waitingWork({ cell, reached }));
  }

  /** A run that was ended by itself is no part of the study any more. */
  passOver(): void {
    this.#interrupted--;
    this.#total--;
  }

  trainerStarting(): void {
    this.#starting++;
  }

  /** One of those that were starting is ready, or (null) has died. */
  trainerStarted(engine: EngineDescription | null): void {
    this.#starting--;
    if (engine === null) return;
    this.#finished.push(
      ...this.#earlier.filter(
        ({ run }) => isComputedBy(run, engine) && (run.fusedWith !== undefined) === this.#isFused,
      ),
    );
    this.#earlier = [];
  }

  /** A waiting run of the cell begins. */
  begin(run: string, cell: CostedCell, { isCold, fused }: SeatOfRun, reached: ReachedStep | null): void {
    if (!this.#active.has(run)) this.#noLongerWaits(cell, reached);
    const whole = this.#workOf(cell, fused?.runs.length ?? 1);
    const seat = { isCold, group: fused && fused.present.join(' ') };
    const course = new RunCourse(whole, this.#parts, cell.recipe.epochs, seat, this.#clock);
    if (reached) course.goOn(reached);
    this.#active.set(run, course);
  }

  /** Of a run that has begun. */
  course(run: string): RunCourse | undefined {
    return this.#active.get(run);
  }

  complete(label: RunLabel, record: RunRecord): void {
    const ended = this.#end(label.run)?.now();
    if (ended?.since) this.#finished.push({ ...ended, seconds: ended.since.seconds });
    this.#done++;
    this.#keepResult(record);
  }

  fail(run: string, { code }: Failure): void {
    this.#end(run);
    this.#failed++;
    if (code === 'loss-not-finite') this.#diverged++;
  }

  /** A run in progress goes on where nobody looks. */
  leave(run: string, cell: CostedCell): void {
    this.#end(run);
    this.#waiting.push(this.#waitingWork({ cell }));
  }

  interrupt(run: string): void {
    this.#end(run);
    this.#interrupted++;
  }

  get running(): number {
    return this.#active.size;
  }

  /** How many runs a rule may still add. */
  get open(): number {
    return [...this.#open.values()].reduce((sum, count) => sum + count, 0);
  }

  /** What is expected of waiting runs, and of those in progress; null while too little has been measured. */
  forecast(): RunForecast | null {
    const courses = [...this.#active];
    const expected = forecast({
      active: courses.map(([, course]) => course.now()),
      finished: this.#finished,
      jobs: this.#jobs,
    });
    if (expected === null) return null;
    const rest = new Map(courses.map(([run], place) => [run, expected.rest[place] ?? 0]));
    return {
      restOf: (run) => rest.get(run) ?? 0,
      secondsOf: ({ cell, work }, isCompiled) => {
        const starts = this.#finished.flatMap((run) => (run.kind === cell ? (run.startSeconds ?? []) : []));
        // the longest is that of a trainer which had to compile the program
        const start = starts.length === 0 ? 0 : Math[isCompiled ? 'min' : 'max'](...starts);
        return start + expected.secondsOf({ kind: cell, amount: work });
      },
    };
  }

  /** @param workers elsewhere */
  event(workers: Workers | null = null): Extract<SchedulerEvent, { type: 'study progress' }> {
    const active = [...this.#active.values()].map((course) => course.now());
    const further = this.#furtherWork();
    const known = { active, finished: this.#finished, jobs: this.#jobs };
    const leftFor = (waiting: readonly WaitingWork[]): number | null =>
      estimateRemaining({ ...known, waiting: this.#asTrained(waiting) });
    const secondsLeft = leftFor(this.#waiting);
    return {
      type: 'study progress',
      total: this.#total,
      mostTotal: this.#total + further.length,
      done: this.#done,
      failed: this.#failed,
      running: active.length,
      waiting: this.#waiting.length,
      starting: this.#starting,
      workers,
      secondsLeft,
      mostSecondsLeft: further.length === 0 ? secondsLeft : leftFor([...this.#waiting, ...further]),
      best: this.#best(),
    };
  }

  outcome(stopped: boolean): StudyOutcome {
    return {
      study: this.#study,
      total: this.#total,
      done: this.#done,
      failed: this.#failed,
      diverged: this.#diverged,
      interrupted: this.#interrupted,
      waiting: this.#waiting.length + this.#later,
      seconds: (this.#clock() - this.#began) / 1000,
      stopped,
    };
  }

  /** Of all seeds that may still be added. */
  #furtherWork(): WaitingWork[] {
    return [...this.#open].flatMap(([id, count]) => {
      const cell = this.#cells.get(id);
      return cell ? Array.from({ length: count }, () => this.#waitingWork({ cell })) : [];
    });
  }

  #noLongerWaits(cell: CostedCell, reached: ReachedStep | null): void {
    const amount = this.#amountLeft(cell, reached);
    const place = this.#waiting.findIndex((work) => work.cell.id === cell.id && work.amount === amount);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  #end(run: string): RunCourse | undefined {
    const active = this.#active.get(run);
    this.#active.delete(run);
    return active;
  }

  get #isFused(): boolean {
    return this.#most > 1;
  }

  /** Of a whole run in a step of so many networks. */
  #workOf(cell: CostedCell, networks = 1): Work {
    return { kind: this.#kindOf(cell), amount: timesOfStep(this.#beside, networks) * this.#amountOf(cell) };
  }

  #kindOf(cell: CostedCell): string {
    return this.#isFused ? stepKey(cell) : cell.id;
  }

  #amountLeft(cell: CostedCell, reached: ReachedStep | null): number {
    return shareLeft(this.#parts, cell.recipe.epochs, reached) * this.#amountOf(cell);
  }

  #waitingWork({ cell, reached = null, run = null }: Waiting): WaitingWork {
    const amount = this.#amountLeft(cell, reached);
    if (reached === null || run === null) return { cell, amount, goesOnIn: null };
    const { fusedWith = [] } = run;
    const networks = runsInStep(run);
    const goesOnIn =
      networks > this.#most
        ? { group: run.id, networks: 1 }
        : { group: [run.id, ...fusedWith].sort().join(' '), networks };
    return { cell, amount, goesOnIn };
  }

  /** What waits as it will be trained: several runs in one step, which ends with the last of them. */
  #asTrained(waiting: readonly WaitingWork[]): Work[] {
    const groups = inSteps(waiting, this.#most, ({ cell, goesOnIn }) => ({
      cell: cell.id,
      step: goesOnIn?.group ?? stepKey(cell),
    }));
    return groups.flatMap((runs) => {
      const [first] = runs;
      if (first === undefined) return [];
      const times = timesOfStep(this.#beside, first.goesOnIn?.networks ?? runs.length);
      const longest = Math.max(...runs.map(({ amount }) => amount));
      return [{ kind: this.#kindOf(first.cell), amount: times * longest }];
    });
  }

  #keepResult({ cell, factors, metrics }: RunRecord): void {
    if (metrics.testAccuracy === null) return;
    const result = this.#results.get(cell) ?? { factors, runs: [] };
    this.#results.set(cell, result);
    result.runs.push({ value: metrics.testAccuracy, judged: metrics.validationAccuracy });
  }

  #best(): BestSoFar | null {
    const best = chooseBest([...this.#results.values()], ({ runs }) => runs, 'higher');
    if (!best) return null;
    const { factors, runs } = best.cell;
    return {
      ...{ factors, n: runs.length, isJudged: best.isJudged },
      testAccuracy: mean(runs.map(({ value }) => value)),
    };
  }
}

function isComputedBy(run: RunRecord, { name, version, device, threads }: EngineDescription): boolean {
  return (
    run.engine === name && run.engineVersion === version && run.device === device && run.threads === threads
  );
}
