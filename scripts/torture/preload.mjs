/**
 * Loaded before every process of an application that is tortured: writes down what the trainers tell and when the application was awake,
 * turns the clock back, and ends a trainer's data thread, which nobody can end from outside.
 *
 * KINDLING_TORTURE_LOG names a folder for one file a process; KINDLING_TORTURE_CLOCK is `<after>:<by>` in milliseconds.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import workers from 'node:worker_threads';

const log = process.env.KINDLING_TORTURE_LOG;
const program = process.argv[1] ?? '';
const clock = Date.now.bind(Date);

if (workers.isMainThread && log !== undefined) {
  if (process.send !== undefined) noteTold();
  if (program.endsWith('src-main/trainer/main.ts')) exposeDataThread();
  if (/(src-main\/cli\/main|study-host)\.ts$/.test(program)) {
    noteAwake();
    turnBack();
  }
}

function note(kind, ...words) {
  fs.appendFileSync(path.join(log, `${kind}-${process.pid}`), `${words.join(' ')}\n`);
}

/** `<time> <run> <step>` for each message that has points, or says from which step a run goes on. */
function noteTold() {
  let run = '';
  const { emit, send } = process;
  process.emit = function (name, message, ...rest) {
    if (name === 'message' && message?.type === 'do') run = message.task.run;
    return Reflect.apply(emit, this, [name, message, ...rest]);
  };
  process.send = function (message, ...rest) {
    const told = Reflect.apply(send, this, [message, ...rest]);
    const step = stepTold(message?.progress);
    if (step !== undefined) note('told', clock(), run, step);
    return told;
  };
}

function stepTold(progress) {
  if (progress?.type === 'steps') return progress.points.at(-1)?.step;
  if (progress?.type === 'going on') return progress.step;
  return undefined;
}

/** On SIGUSR2 it is gone without a word. */
function exposeDataThread() {
  const threads = new Set();
  workers.Worker = class extends workers.Worker {
    constructor(file, options) {
      super(file, options);
      if (!String(file).endsWith('batch-worker.ts')) return;
      threads.add(this);
      this.on('exit', () => threads.delete(this));
    }
  };
  syncBuiltinESMExports();
  process.on('SIGUSR2', () => threads.forEach((each) => void each.terminate()));
}

/** The time, ten times a second: what the application could not do while it did not get on is not its fault. */
function noteAwake() {
  setInterval(() => note('awake', clock()), 100).unref();
}

function turnBack() {
  const setting = process.env.KINDLING_TORTURE_CLOCK;
  if (setting === undefined) return;
  const [after, by] = setting.split(':').map(Number);
  const now = () => clock() - (performance.now() < after ? 0 : by);
  globalThis.Date = class extends Date {
    constructor(...given) {
      if (given.length === 0) super(now());
      else super(...given);
    }

    static now() {
      return now();
    }
  };
}
