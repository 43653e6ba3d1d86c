import { cpus } from 'node:os';

/** Since the machine started, summed over its cores, in any unit. */
interface CpuTime {
  readonly busy: number;
  readonly all: number;
}

/** @returns the share of the time since the call before in which cores were at work, for whatever program; null where the system does not tell */
export function watchCpu(read: () => CpuTime = readCpu): () => number | null {
  let before = read();
  return () => {
    const now = read();
    const all = now.all - before.all;
    const busy = now.busy - before.busy;
    before = now;
    // the counters of a machine that slept or moved may go back
    return all > 0 && busy >= 0 ? Math.min(1, busy / all) : null;
  };
}

function readCpu(): CpuTime {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, all: busy + idle };
}
