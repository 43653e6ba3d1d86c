/** A result that comes within this many milliseconds is had at once; a later one up to a millisecond after it came. */
const SPIN_MS = 1;

/**
 * Whoever awaits something of Dawn has it ask the device again and again by `setImmediate`, which takes a whole core from the data workers,
 * and from the device where that is the CPU itself. From now on it asks once a millisecond after it has asked in vain for one.
 */
export function pollQuietly(): void {
  const immediately = globalThis.setImmediate;
  let began = 0;
  let last = 0;
  const polling = (callback: (...values: unknown[]) => void, ...values: unknown[]): unknown => {
    if (!isDawns(callback)) return immediately(callback, ...values);
    const now = performance.now();
    if (now - last > 2 * SPIN_MS + 1) began = now;
    last = now;
    return now - began < SPIN_MS ? immediately(callback) : setTimeout(callback, 1);
  };
  globalThis.setImmediate = Object.defineProperties(
    polling,
    Object.getOwnPropertyDescriptors(immediately),
  ) as typeof setImmediate;
}

/** Of the functions that are given to `setImmediate` only Dawn's is native code without a name. */
function isDawns(callback: { readonly name: string }): boolean {
  return callback.name === '' && Function.prototype.toString.call(callback).endsWith('{ [native code] }');
}
