import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { doElsewhere } from '../../../src-main/work/do-elsewhere.ts';
import { lentWorker } from '../../../src-main/work/lent-worker.ts';
import { spareWorker } from '../../../src-main/work/spare-worker.ts';
import { warmWorker } from '../../../src-main/work/warm-worker.ts';
import { WorkerDied } from '../../../src-main/work/worker-died.ts';
import { startWorker } from '../../../src-main/work/worker.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { CARRIERS, sampleWork, type SampleTask } from './sample-work.ts';
import { gone, startHost } from './started-host.ts';

const task = (what: SampleTask['what'], text = ''): SampleTask => ({ what, text });

/** Workers that start until the end of the test greet like this. */
function greeting(context: TestContext, words: string): void {
  process.env['SAMPLE_GREETING'] = words;
  context.after(() => delete process.env['SAMPLE_GREETING']);
}

for (const carrier of CARRIERS) {
  const kind = sampleWork(carrier);

  test(`a ${carrier} does job after job, tells its progress, and leaves`, async () => {
    const worker = await startWorker(kind);
    const told: number[] = [];
    assert.equal(
      await worker.work(task('double', 'ab'), { onProgress: (share) => told.push(share) }),
      'abab',
    );
    assert.equal(await worker.work(task('double', 'c')), 'cc');
    assert.deepEqual(told, [0.5]);
    assert.deepEqual(
      [worker.pid, worker.about.pid],
      carrier === 'process' ? [worker.about.pid, worker.pid] : [null, process.pid],
    );
    const first = worker.work(task('slow', '10'));
    await assert.rejects(worker.work(task('double')), /second job at once/);
    await first;
    assert.equal(worker.death(), null);
    await worker.leave();
    assert.match(worker.death()?.message ?? '', /ended with exit code 0/);
    await assert.rejects(worker.work(task('double')), WorkerDied);
  });

  test(`a ${carrier} that takes several jobs does them beside each other, and each is cancelled by itself`, async () => {
    const worker = await startWorker({ ...kind, takesSeveral: true });
    const cancelled = new AbortController();
    const endless = worker.work(task('slow', '100000'), { signal: cancelled.signal });
    const told: number[] = [];
    const other = worker.work(task('slow', '20'), { onProgress: (share) => told.push(share) });
    assert.equal(await worker.work(task('double', 'c')), 'cc');
    cancelled.abort();
    await assert.rejects(endless, { name: 'AbortError' });
    assert.equal(await other, '2020');
    assert.deepEqual(told, [0.5]);
    await Promise.all([
      assert.rejects(worker.work(task('exit')), WorkerDied),
      assert.rejects(worker.work(task('slow', '100000')), WorkerDied),
    ]);
  });

  test(`a Problem in a ${carrier} is the same Problem here, a bug is its error with its stack; both leave it warm`, async () => {
    const worker = await startWorker(kind);
    const offer = { action: 'add-dataset', subject: 'a' } as const;
    await assert.rejects(
      worker.work(task('problem')),
      new Problem('not-found', 'There is none: add it.', { fact: 'There is none.', offer }),
    );
    await assert.rejects(worker.work(task('bug')), (error) => {
      assert(error instanceof Error);
      assert.deepEqual([error.name, error.message], ['TypeError', 'a bug of the work']);
      assert.match(error.stack ?? '', /at work .*sample-worker\.ts/);
      return true;
    });
    assert.equal(await worker.work(task('double', 'x')), 'xx');
    worker.kill();
  });

  test(`the death of a ${carrier} ends its job with words, and a warm worker has a successor`, async () => {
    const warm = warmWorker(kind);
    await assert.rejects(warm.work(task('exit')), (error) => {
      assert(error instanceof WorkerDied);
      assert.equal(error.code, 'process-died');
      assert.match(error.message, /^The sample ended with exit code 3\./);
      return true;
    });
    assert.equal(await warm.work(task('double', 'x')), 'xx');
    warm.close();
  });

  test(`a ${carrier} that has done its job does the next one; jobs at once have one each, and none stays`, async () => {
    const spare = spareWorker(kind);
    const counts = (jobs: number): Promise<string[]> =>
      Promise.all(Array.from({ length: jobs }, () => spare.work(task('count'))));
    assert.deepEqual(await counts(1), ['1']);
    assert.deepEqual(await counts(2), ['2', '1']);
    assert.deepEqual(await counts(1), ['3']);
    await assert.rejects(spare.work(task('exit')), WorkerDied);
    assert.deepEqual(await counts(1), ['1']);
    const last = spare.work(task('slow', '10'));
    spare.close();
    await last;
  });

  test(`a ${carrier} that is lent stays for the next use of the same thing; who died or was for another has a successor`, async () => {
    const lent = lentWorker(() => warmWorker(kind));
    const count = (from: object): Promise<string> => lent.use(from, (worker) => worker.work(task('count')));
    assert.equal(await count({ engine: 'a' }), '1');
    assert.equal(await count({ engine: 'a' }), '2');
    assert.equal(await count({ engine: 'b' }), '1');
    await assert.rejects(
      lent.use({ engine: 'b' }, (worker) => worker.work(task('exit'))),
      WorkerDied,
    );
    assert.equal(await count({ engine: 'b' }), '1');
    const last = lent.use({ engine: 'b' }, (worker) => worker.work(task('slow', '100000')));
    lent.close();
    await assert.rejects(last, WorkerDied);
  });

  test(`a ${carrier} that runs out of memory is told as such and ends alone`, async (context) => {
    // a host of its own, as the limit holds for every thread of a process
    const limit = { NODE_OPTIONS: '--max-old-space-size=60' };
    const host = startHost(context, [carrier, task('memory')], 'work-host.ts', limit);
    await host.line();
    assert.match(
      await host.line(),
      /^Problem: The sample ran out of memory \(use smaller samples\)\. .*heap out of memory/,
    );
    assert.equal(await host.end, 0);
  });

  test(`a ${carrier} that says what the protocol does not know is ended`, async () => {
    for (const [what, said] of [
      ['unknown message', /not in the protocol: \{"type":"dnoe"\}/],
      ['wrong progress', /not in the protocol: .*"progress":"half"/],
      ['wrong result', /not in the protocol: .*"result":7/],
    ] as const) {
      const worker = await startWorker(kind);
      await assert.rejects(worker.work(task(what)), { code: 'process-died', message: said });
      assert.match(worker.death()?.message ?? '', said);
    }
  });

  test(`a ${carrier} that cannot begin tells why`, async (context) => {
    const start = (timeouts = {}) => startWorker(sampleWork(carrier, timeouts));
    greeting(context, JSON.stringify({ type: 'ready', protocol: 1, engine: {} }));
    await assert.rejects(start(), {
      code: 'process-died',
      message: /The sample uses version 1 .* uses version 2/,
    });
    greeting(context, JSON.stringify({ type: 'ready', protocol: 2, about: 'nobody' }));
    await assert.rejects(start(), /not in the protocol: .*"about":"nobody"/);
    greeting(context, JSON.stringify({ type: 'alive' }));
    await assert.rejects(start(), /not in the protocol: \{"type":"alive"\}/);
    greeting(context, 'unable');
    await assert.rejects(start(), new Problem('engine-missing', 'There is no engine.'));
    greeting(context, 'die');
    await assert.rejects(start(), /ended with exit code 1\. Last output: .*it cannot begin/s);
    greeting(context, 'silent');
    await assert.rejects(start({ ready: 300 }), { code: 'process-died', message: /not ready after 0\.3 s/ });
    const reason = new Error('enough');
    await assert.rejects(startWorker(kind, { signal: AbortSignal.abort(reason) }), reason);
    const later = new AbortController();
    const starting = startWorker(kind, { signal: later.signal });
    later.abort(reason);
    await assert.rejects(starting, reason);
  });

  test(`a job in a ${carrier} that is cancelled ends by itself, and is killed after the grace if it does not`, async () => {
    const reason = new Error('enough');
    const worker = await startWorker(sampleWork(carrier, { grace: 500 }));
    const cancelled = (what: SampleTask['what']) => {
      const controller = new AbortController();
      const onProgress = () => controller.abort(reason);
      return worker.work(task(what), { onProgress, signal: controller.signal });
    };
    await assert.rejects(cancelled('wait'), reason);
    assert.equal(worker.death(), null, 'it stays warm');
    const began = performance.now();
    await assert.rejects(cancelled('spin'), reason);
    const took = performance.now() - began;
    assert(took >= 500 && took < 5000, `${took} ms`);
    assert.match(worker.death()?.message ?? '', /was still at work [\d.]+ s after it was cancelled/);
    await assert.rejects(worker.work(task('double'), { signal: AbortSignal.abort(reason) }), WorkerDied);

    // one whose steps take long is waited for as long as they were seen to take, and longer
    const patient = await startWorker(sampleWork(carrier, { grace: 50 }));
    const third = new AbortController();
    let steps = 0;
    const count = (): void => {
      if (++steps === 3) third.abort(reason);
    };
    await assert.rejects(
      patient.work(task('steps', '300'), { onProgress: count, signal: third.signal }),
      reason,
    );
    assert.equal(patient.death(), null, 'it ended between two steps');
    patient.kill();

    const controller = new AbortController();
    const onProgress = () => controller.abort(reason);
    const atOnce = sampleWork(carrier, { grace: 0, silence: 60_000 });
    await assert.rejects(
      doElsewhere(atOnce, task('spin'), { onProgress, signal: controller.signal }),
      reason,
    );
  });

  test(`a ${carrier} that gives no sign of life is killed; work that pauses gives some`, async () => {
    const worker = await startWorker(sampleWork(carrier, { silence: 800 }));
    assert.equal(await worker.work(task('slow', '100')), '100100');
    await assert.rejects(worker.work(task('silent', '60000')), {
      code: 'process-died',
      message: /^The sample gave no sign of life for 0\.8 s/,
    });
  });

  test(`a listener that throws ends the job of a ${carrier} with what it threw`, async () => {
    const onProgress = () => {
      throw new Error('cannot take it');
    };
    await assert.rejects(doElsewhere(kind, task('wait'), { onProgress }), /cannot take it/);
  });

  test(`a pause of the whole program kills no ${carrier} on waking`, async (context) => {
    const host = startHost(context, [carrier, task('slow', '60'), { silence: 1500 }]);
    const pid = Number(await host.line());
    // the host first and the worker last: it goes on with a worker that stands still
    for (const each of [host.pid, pid]) process.kill(each, 'SIGSTOP');
    await setTimeout(3000);
    for (const each of [host.pid, pid]) process.kill(each, 'SIGCONT');
    assert.equal(await host.line(), '6060');
  });
}

test('a process that hangs dies with its host, even if that is killed', async (context) => {
  for (const end of ['SIGKILL', 'SIGTERM'] as const) {
    const host = startHost(context, ['process', task('spin')]);
    const pid = Number(await host.line());
    process.kill(host.pid, end);
    await gone(pid);
  }
});

test('a process that is stopped dies with its host', async (context) => {
  const host = startHost(context, ['process', task('wait')]);
  const pid = Number(await host.line());
  process.kill(pid, 'SIGSTOP');
  process.kill(host.pid, 'SIGKILL');
  await gone(pid);
});

test('a thread inside a native call is given up, and does not hold its host', async (context) => {
  const fifo = join(temporaryFolder(context), 'fifo');
  execFileSync('mkfifo', [fifo]);
  const host = startHost(context, ['thread', task('read', fifo), { silence: 300, leave: 300 }]);
  await host.line();
  assert.match(await host.line(), /no sign of life for 0\.3 s/);
  await host.end;
});
