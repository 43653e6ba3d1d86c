import type { Failure } from '../../src-shared/contract/trainer-protocol.ts';
import type { CostedCell, Factors } from '../../src-shared/studies/cell.ts';
import { chooseBest, type JudgedRun } from '../../src-shared/studies/choose-best.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import { mean } from '../../src-shared/statistics/interval.ts';
import { estimateRemaining, type Work } from './estimate-remaining.ts';
import type { BestSoFar, RunLabel, StudyOutcome } from '../../src-shared/contract/api/execution.ts';
import type { SchedulerEvent } from './events.ts';
import type { RunPlan } from './plan-runs.ts';

interface ActiveRun {
  readonly work: Work;
  readonly since: number;
  share: number;
}

/** Counts what has happened in one execution of a study and estimates the rest. */
export class StudyProgress {
  readonly #study: string;
  readonly #jobs: number;
  readonly #amountOf: (cell: CostedCell) => number;
  readonly #began = performance.now();
  readonly #active = new Map<string, ActiveRun>();
  readonly #finished: (Work & { seconds: number })[] = [];
  readonly #waiting: Work[];
  readonly #total: number;
  #done: number;
  #failed: number;
  #diverged: number;
  #interrupted = 0;
  /** Complete runs by cell. */
  readonly #results = new Map<string, { readonly factors: Factors; readonly runs: JudgedRun[] }>();

  /** @param images training images of one epoch. */
  constructor(study: string, cells: readonly CostedCell[], plan: RunPlan, images: number, jobs: number) {
    this.#study = study;
    this.#jobs = jobs;
    this.#amountOf = ({ macs, recipe }) => macs * recipe.epochs * images;
    this.#total = plan.done.length + plan.given.length + plan.missing.length;
    this.#done = plan.done.length;
    this.#failed = plan.given.length;
    this.#diverged = plan.given.length;
    this.#waiting = plan.missing.map(({ cell }) => this.#workOf(cell));
    const byId = new Map(cells.map((cell) => [cell.id, cell]));
    for (const run of plan.done) {
      const cell = byId.get(run.cell);
      if (cell && run.seconds !== null) this.#finished.push({ ...this.#workOf(cell), seconds: run.seconds });
      this.#keepResult(run);
    }
  }

  /** The first of the waiting runs begins. */
  begin(run: string, cell: CostedCell): void {
    this.#waiting.shift();
    this.#active.set(run, { work: this.#workOf(cell), since: performance.now(), share: 0 });
  }

  advance(run: string, share: number): void {
    const active = this.#active.get(run);
    if (active) active.share = share;
  }

  complete(label: RunLabel, record: RunRecord): void {
    const active = this.#end(label.run);
    if (active) this.#finished.push({ ...active.work, seconds: (performance.now() - active.since) / 1000 });
    this.#done++;
    this.#keepResult(record);
  }

  fail(run: string, { code }: Failure): void {
    this.#end(run);
    this.#failed++;
    if (code === 'loss-not-finite') this.#diverged++;
  }

  interrupt(run: string): void {
    this.#end(run);
    this.#interrupted++;
  }

  get running(): number {
    return this.#active.size;
  }

  event(): Extract<SchedulerEvent, { type: 'study progress' }> {
    const now = performance.now();
    const active = [...this.#active.values()].map(({ work, since, share }) => {
      return { ...work, share, seconds: (now - since) / 1000 };
    });
    return {
      type: 'study progress',
      total: this.#total,
      done: this.#done,
      failed: this.#failed,
      running: active.length,
      waiting: this.#waiting.length,
      secondsLeft: estimateRemaining({
        waiting: this.#waiting,
        active,
        finished: this.#finished,
        jobs: this.#jobs,
      }),
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
      waiting: this.#waiting.length,
      seconds: (performance.now() - this.#began) / 1000,
      stopped,
    };
  }

  #end(run: string): ActiveRun | undefined {
    const active = this.#active.get(run);
    this.#active.delete(run);
    return active;
  }

  #workOf(cell: CostedCell): Work {
    return { cell: cell.id, amount: this.#amountOf(cell) };
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
