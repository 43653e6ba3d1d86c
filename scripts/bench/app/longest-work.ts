/** What a trace must have for `longestWork`. */
export const TRACED = ['blink.user_timing', 'disabled-by-default-devtools.timeline'];

/** An event of Chromium's trace; its times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** CPU time of its thread. */
  readonly tdur?: number;
}

/**
 * CPU time, in milliseconds, of the task of the page that took most of it after the page's mark `content`.
 * @throws Error for a trace without such a mark
 */
export function longestWork(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const content = traceEvents.find(({ name }) => name === 'content');
  if (!content) throw new Error('the page has not marked its content');
  const works = traceEvents.flatMap(({ name, pid, tid, ts, tdur = 0 }) =>
    name === 'RunTask' && pid === content.pid && tid === content.tid && ts >= content.ts ? [tdur / 1000] : [],
  );
  return Math.max(0, ...works);
}
