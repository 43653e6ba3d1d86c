/** The user asked to stop; what was under way has been ended in order. */
export class Interrupted extends Error {
  constructor(message = 'stopped.') {
    super(message);
    this.name = 'Interrupted';
  }
}

/** A terminal's Ctrl-C arrives once directly and once more through npm and the launcher. */
const SAME_KEY_MS = 400;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What the user is told, or done, while work is being stopped. */
export interface StopHandlers {
  /** At the first Ctrl-C, to say what is being waited for. */
  readonly onFirst?: () => void;
  /** At the second, to end the work at once; without it the process leaves. */
  readonly onSecond?: () => void;
}

let atWork = 0;
let isInterrupted = false;

/** Whether work of this process was told to stop. */
export function wasInterrupted(): boolean {
  return isInterrupted;
}

/** Whether work is under way in this process that goes on where nobody can hear what it says. */
export function goesOnUnheard(): boolean {
  return atWork > 0;
}

/** Does work that goes on where nobody can hear what it says: its reader has left, or the disk of its log is full. */
export async function unheard<T>(work: () => Promise<T>): Promise<T> {
  atWork++;
  try {
    return await work();
  } finally {
    atWork--;
  }
}

/**
 * Runs work that can be stopped: the first Ctrl-C (or SIGTERM, SIGHUP) fires the signal, the second ends it
 * at once, a third leaves with status 130 whatever the work does.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { onFirst, onSecond }: StopHandlers = {},
): Promise<T> {
  const controller = new AbortController();
  let times = 0;
  let last = -Infinity;
  const stop = (): void => {
    const now = performance.now();
    if (now - last < SAME_KEY_MS) return;
    last = now;
    times++;
    isInterrupted = true;
    if (times === 1) {
      onFirst?.();
      controller.abort(new Interrupted());
    } else if (times === 2 && onSecond) {
      onSecond();
    } else {
      process.exit(130);
    }
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await unheard(() => work(controller.signal));
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
