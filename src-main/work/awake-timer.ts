/** Ticks in which a time is counted, and the longest of them. */
const TICKS = 20;
const LONGEST_TICK = 1000;

export interface AwakeTimer {
  /** Begins to count anew. */
  reset(): void;
  stop(): void;
}

/**
 * Calls back once when this process has been awake for so long: the ticks of an interval are counted, not the time that
 * passed. A process that was stopped (Ctrl-Z, a suspended machine) finds a single tick due when it goes on, however long
 * that was. The last tick is followed by one more, in which messages that have arrived meanwhile can be heard.
 */
export function awakeTimer(milliseconds: number, onTime: () => void): AwakeTimer {
  const tick = Math.min(LONGEST_TICK, milliseconds / TICKS);
  const wanted = Math.ceil(milliseconds / tick);
  let ticks = 0;
  const timer = setInterval(() => {
    if (ticks++ < wanted) return;
    clearInterval(timer);
    onTime();
  }, tick);
  return {
    reset: () => {
      ticks = 0;
    },
    stop: () => clearInterval(timer),
  };
}
