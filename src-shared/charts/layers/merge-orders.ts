/**
 * One order of the names of several lists, each of which is in an order of its own: a name that the longest list lacks
 * stands behind the name that comes before it in its own list. Networks of one family differ by layers that some of
 * them lack.
 */
export function mergeOrders(lists: readonly (readonly string[])[]): string[] {
  const merged: string[] = [];
  for (const list of lists.toSorted((one, other) => other.length - one.length)) {
    let place = 0;
    for (const name of list) {
      const found = merged.indexOf(name);
      if (found >= 0) place = found + 1;
      else merged.splice(place++, 0, name);
    }
  }
  return merged;
}
