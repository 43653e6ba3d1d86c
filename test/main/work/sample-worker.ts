import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { answerWork, type WorkControl } from '../../../src-main/work/answer-work.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { sampleWork, type SampleTask } from './sample-work.ts';

let jobs = 0;
/** What it does before it is ready, instead of greeting. */
const greeting = process.env['SAMPLE_GREETING'] ?? '';
const say = (message: unknown): void => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

switch (greeting) {
  case '':
    // that it is asked for one job at a time is up to its host
    answerWork({ ...sampleWork('process'), takesSeveral: true }, () => ({
      about: { pid: process.pid },
      work,
    }));
    break;
  case 'unable':
    answerWork(sampleWork('process'), () => {
      throw new Problem('engine-missing', 'There is no engine.');
    });
    break;
  case 'silent':
    setInterval(() => undefined, 1000);
    break;
  case 'die':
    throw new Error('it cannot begin');
  default:
    say(JSON.parse(greeting));
    setInterval(() => undefined, 1000);
}

async function work(
  { what, text }: SampleTask,
  { onProgress, pause, signal }: WorkControl<number>,
): Promise<string> {
  onProgress(0.5);
  switch (what) {
    case 'double':
      break;
    case 'count':
      return String(++jobs);
    case 'problem':
      throw new Problem('not-found', 'There is none: add it.', {
        fact: 'There is none.',
        offer: { action: 'add-dataset', subject: 'a' },
      });
    case 'bug':
      throw new TypeError('a bug of the work');
    case 'exit':
      return process.exit(3);
    case 'wait':
      await setTimeout(60_000, null, { signal });
      break;
    case 'spin':
      for (;;);
    case 'steps':
      // each of so many milliseconds, in which it hears nothing
      for (;;) {
        for (const end = performance.now() + Number(text); performance.now() < end;);
        onProgress(0.5);
        await pause();
      }
    case 'memory':
      for (const kept: number[][] = []; ;) kept.push(new Array<number>(1000).fill(Math.random()));
    case 'silent':
      await setTimeout(Number(text));
      break;
    case 'slow':
      for (let step = 0; step < Number(text); step++) {
        await setTimeout(10);
        await pause();
      }
      break;
    case 'read':
      readFileSync(text);
      break;
    case 'unknown message':
      say({ type: 'dnoe' });
      await setTimeout(60_000);
      break;
    case 'wrong progress':
      onProgress('half' as unknown as number);
      await setTimeout(60_000);
      break;
    case 'wrong result':
      return 7 as unknown as string;
  }
  return text + text;
}
