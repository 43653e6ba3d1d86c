/**
 * Seconds until the last of several ends, if each begins where a trainer is free first.
 *
 * @param seconds of each, in the order in which they begin
 * @param busy for how long trainers are still at work
 */
export function untilAllEnd(
  seconds: readonly number[],
  trainers: number,
  busy: readonly number[] = [],
): number {
  const ends = Array.from({ length: Math.max(1, trainers, busy.length) }, (_, place) => busy[place] ?? 0);
  for (const each of seconds) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + each;
  }
  return Math.max(...ends);
}
