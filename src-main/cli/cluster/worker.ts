import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { REQUEUE } from '../../executors/spool/worker-command.ts';
import { kindlingHome } from '../../home.ts';
import { runWorker } from '../../spool/worker/run-worker.ts';
import { unheard } from '../interrupt.ts';
import { printLine } from '../output.ts';

export interface WorkerCommandOptions {
  readonly seconds?: number;
}

/** @throws Problem where no run can be trained here */
export async function work(spool: string, { seconds }: WorkerCommandOptions): Promise<void> {
  const stop = new AbortController();
  const end = (): void => {
    // whoever asks twice does not want to wait
    if (stop.signal.aborted) process.exit(REQUEUE);
    stop.abort();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR1'] as const) process.on(signal, end);
  const left = seconds === undefined ? null : Math.max(0, seconds - process.uptime());
  const timer = left === null ? null : setTimeout(() => stop.abort(), left * 1000);
  try {
    const site = { spool: resolve(spool), home: kindlingHome() };
    const ended = await unheard(async () => {
      const how = await runWorker({ ...site, stop: stop.signal, say: printLine });
      printLine(how === 'stopped' ? 'stopped' : 'nothing is left to train that nobody else trains');
      // the write of it fails later
      await wait(0);
      return how;
    });
    if (ended === 'stopped') process.exitCode = REQUEUE;
  } finally {
    if (timer) clearTimeout(timer);
  }
}
