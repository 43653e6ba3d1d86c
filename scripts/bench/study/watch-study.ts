import type { ExecutionEvent } from '../../../src-shared/contract/api/execution.ts';
import type { RunMetrics } from '../../../src-shared/metrics/measured-values.ts';
import { createApplication } from '../../../src-main/api/application.ts';

/** A study that was run to its end; times in seconds. */
export interface WatchedStudy {
  /** From the request to run it to its end. */
  readonly seconds: number;
  /** Trainers at once. */
  readonly jobs: number;
  readonly threads: number;
  /** How long the study waited for each trainer. Most of its start is over by then: it begins while the data is checked. */
  readonly startUps: readonly number[];
  readonly runs: readonly WatchedRun[];
}

export interface WatchedRun {
  /** Since the request, as the scheduler saw it. */
  readonly claimed: number;
  readonly ended: number;
  readonly metrics: RunMetrics;
}

/** Runs a study in an application of its own. @throws Error where a run fails */
export async function watchStudy(home: string, text: string): Promise<WatchedStudy> {
  const application = createApplication({ home });
  const startUps: number[] = [];
  const claimed = new Map<string, number>();
  const runs: WatchedRun[] = [];
  let plan = { jobs: 0, threads: 0 };
  const began = performance.now();
  const now = (): number => (performance.now() - began) / 1000;
  const { promise: ended, resolve, reject } = Promise.withResolvers<number>();
  const hear = (event: ExecutionEvent): void => {
    if (event.type === 'study started') plan = { jobs: event.jobs, threads: event.threads };
    else if (event.type === 'trainer started') startUps.push(event.seconds);
    else if (event.type === 'run claimed') claimed.set(event.run, now());
    else if (event.type === 'run finished')
      runs.push({ claimed: claimed.get(event.run) ?? Number.NaN, ended: now(), metrics: event.metrics });
    else if (event.type === 'run failed') reject(new Error(event.failure.message));
  };
  application.subscribe(({ event }) => {
    if (event.type === 'execution') hear(event.event);
    else if (event.type === 'study ended')
      if (event.well) resolve(now());
      else reject(new Error(event.message));
  });
  try {
    await application.request('studies.save', {
      ...{ text, fileName: 'bench', launch: true, jobs: null, executor: null, folder: home },
      retryDiverged: false,
    });
    return { seconds: await ended, ...plan, startUps, runs };
  } finally {
    await application.close();
  }
}
