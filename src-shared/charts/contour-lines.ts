type Point = readonly [x: number, y: number];

/**
 * The lines on which a function has a height, by marching squares on a grid of its values with the crossing of each side
 * interpolated; where a square is crossed twice, the mean of its corners tells how. Lines that end at the border are open,
 * others end where they begin.
 *
 * @param xs places of the columns, and `ys` of the rows, rising
 * @param at value at a column and a row
 */
export function contourLines(
  xs: readonly number[],
  ys: readonly number[],
  at: (column: number, row: number) => number,
  height: number,
): Point[][] {
  const points = new Map<string, Point>();
  const neighbours = new Map<string, string[]>();
  const join = (one: string, other: string): void => {
    neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
    neighbours.set(other, [...(neighbours.get(other) ?? []), one]);
  };
  for (let row = 0; row + 1 < ys.length; row++)
    for (let column = 0; column + 1 < xs.length; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const above = corners.map(([c, r]) => at(c, r) >= height);
      const crossed = corners.flatMap((corner, place) => {
        const next = corners[(place + 1) % 4] ?? corner;
        return above[place] === above[(place + 1) % 4] ? [] : [sideOf(corner, next)];
      });
      const [first, second, third, fourth] = crossed;
      if (first === undefined || second === undefined) continue;
      if (third === undefined || fourth === undefined) join(first, second);
      else {
        const middle = corners.reduce((sum, [c, r]) => sum + at(c, r), 0) / 4 >= height;
        // each line cuts off two opposite corners: those that are not as the middle is
        const [one, other] = above[0] === middle ? [second, fourth] : [fourth, second];
        join(first, one);
        join(third, other);
      }
    }

  function sideOf([c, r]: readonly [number, number], [nextC, nextR]: readonly [number, number]): string {
    const key = c < nextC || r < nextR ? `${c} ${r} ${nextC} ${nextR}` : `${nextC} ${nextR} ${c} ${r}`;
    const [here, there] = [at(c, r), at(nextC, nextR)];
    const share = (height - here) / (there - here);
    const between = (places: readonly number[], from: number, to: number): number =>
      (places[from] ?? NaN) + share * ((places[to] ?? NaN) - (places[from] ?? NaN));
    points.set(key, [between(xs, c, nextC), between(ys, r, nextR)]);
    return key;
  }

  return chains(neighbours).map((chain) => chain.map((key) => points.get(key) ?? [NaN, NaN]));
}

/** Each line from one end to the other, then those without ends. */
function chains(neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const left = new Set(neighbours.keys());
  const follow = (start: string): string[] => {
    const chain = [start];
    left.delete(start);
    for (let next: string | undefined = start; next !== undefined;) {
      next = neighbours.get(next)?.find((key) => left.has(key));
      if (next === undefined) break;
      left.delete(next);
      chain.push(next);
    }
    return chain;
  };
  const ends = [...left].filter((key) => neighbours.get(key)?.length === 1);
  const open = ends.flatMap((key) => (left.has(key) ? [follow(key)] : []));
  const closed = [...left].flatMap((key) => (left.has(key) ? [[...follow(key), key]] : []));
  return [...open, ...closed];
}
