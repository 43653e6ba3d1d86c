import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';

const BUSY = 'for (;;) Math.sqrt(Math.random());';

/** Keeps every core busy. @returns ends it */
export function loadMachine(): () => void {
  const busy: ChildProcess[] = os
    .cpus()
    .map(() => spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' }));
  const end = (): void => busy.forEach((each) => void each.kill('SIGKILL'));
  process.once('exit', end);
  return () => {
    process.removeListener('exit', end);
    end();
  };
}
