import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Executor, Trainer } from '../../../src-main/executors/executor.ts';
import { WorkerDied } from '../../../src-main/work/worker-died.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { DEFAULT_RESUME_SECONDS } from '../../../src-shared/studies/resume-seconds.ts';
import type { RunSpecification, TrainingOutcome } from '../../../src-shared/studies/trainer-protocol.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { writeNoise } from './write-noise.ts';

/**
 * What every executor does, by real trainings of a small network on noise.
 * @param open on the engine that is selected for the tests
 */
export function executorSuite(name: string, open: () => Promise<Executor>): void {
  describe(`executor ${name}`, () => {
    const root = mkdtempSync(join(tmpdir(), 'kindling-executor-'));
    const dataset = join(root, 'data', 'noise');
    let executor: Executor;
    let trainer: Trainer;
    let other: Trainer;
    let runs = 0;
    const started: Trainer[] = [];
    const start = async (): Promise<Trainer> => {
      const next = await executor.startTrainer(1, new AbortController().signal);
      started.push(next);
      return next;
    };

    before(async () => {
      writeNoise(join(root, 'data'));
      executor = await open();
      trainer = await start();
    });
    after(async () => {
      for (const each of started) each.kill();
      await Promise.all(started.map((each) => each.leave()));
      rmSync(root, { recursive: true, force: true });
    });

    const specification = (epochs: number): RunSpecification => ({
      run: `run ${++runs}`,
      network: { family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 8, baseE: 8, incrE: 8 },
      dataset,
      validationShare: 0.25,
      trainingLimit: 0,
      recipe: recipeSchema.parse({ epochs, batch: 16, learningRate: 0.01 }),
      seed: 3,
      artifacts: join(root, 'artifacts', String(runs)),
      resumeSeconds: DEFAULT_RESUME_SECONDS,
    });

    test('the plan has at least one trainer and depends on the request only', () => {
      for (const request of [
        { runs: 1, stepMacs: 1e8, jobs: null },
        { runs: 100, stepMacs: 1e8, jobs: null },
        { runs: 100, stepMacs: 1e8, jobs: 3 },
      ]) {
        const plan = executor.plan(request);
        assert.deepEqual(executor.plan(request), plan);
        assert(plan.jobs >= 1 && plan.jobs <= request.runs && plan.threads >= 1, JSON.stringify(plan));
        if (request.jobs !== null) assert.equal(plan.jobs, request.jobs);
        assert.notEqual(plan.reason, '');
      }
      assert.throws(() => executor.plan({ runs: 4, stepMacs: 1e8, jobs: 0 }), isProblem('usage'));
    });

    test('a trainer has the threads that were asked for, and the same run gives the same bits again', async () => {
      const asked = specification(1);
      let about = trainer.about;
      const once = await trainer.work(asked, { onBegun: ({ engine }) => (about = engine) });
      assert.equal(about?.threads, 1);
      assert(existsSync(join(asked.artifacts, 'last.safetensors')));
      const again = await trainer.work(specification(1));
      assert.deepEqual(testLoss(again), testLoss(once));
    });

    test('two trainers train at the same time', async () => {
      other = await start();
      const stop = new AbortController();
      let hasEnded = false;
      const long = trainer
        .work(specification(10_000), { signal: stop.signal })
        .catch(() => null)
        .finally(() => (hasEnded = true));
      assert.equal((await other.work(specification(1))).state, 'complete');
      assert(!hasEnded);
      stop.abort();
      await long;
    });

    test('a run is stopped between two steps, and its trainer trains the next', async () => {
      const stop = new AbortController();
      const stopped = trainer.work(specification(1000), {
        signal: stop.signal,
        onProgress: ({ type }) => {
          if (type === 'steps') stop.abort();
        },
      });
      assert.equal((await stopped.catch(() => ({ state: 'stopped' }))).state, 'stopped');
      assert.equal(trainer.death(), null);
      assert.equal((await trainer.work(specification(1))).state, 'complete');
    });

    test('a trainer that is killed ends its run as dead, and another is started', async () => {
      const working = other.work(specification(1000), {
        onProgress: ({ type }) => {
          if (type === 'started') other.kill();
        },
      });
      await assert.rejects(working, WorkerDied);
      assert(other.death() instanceof WorkerDied);
      await assert.rejects(other.work(specification(1)), WorkerDied);
      const next = await start();
      assert.equal(next.death(), null);
      await next.leave();
    });

    test('a start that is given up rejects with the reason of that', async () => {
      const end = new AbortController();
      const reason = new Error('given up');
      const starting = executor.startTrainer(1, end.signal);
      end.abort(reason);
      await assert.rejects(starting, reason);
    });
  });
}

function isProblem(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Problem && error.code === code;
}

function testLoss(outcome: TrainingOutcome): number {
  assert.equal(outcome.state, 'complete', JSON.stringify(outcome));
  return outcome.state === 'complete' ? outcome.result.testLoss : NaN;
}
