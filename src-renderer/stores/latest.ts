/**
 * For work that is begun anew before the last has ended, whose answer is then dropped.
 *
 * @returns to be called as work begins; answers whether that is still the latest
 */
export function latestOnly(): () => () => boolean {
  let latest = 0;
  return () => {
    const mine = ++latest;
    return () => mine === latest;
  };
}
