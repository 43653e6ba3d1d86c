/** Places up to which a key of order and place is a whole number that a float64 holds. */
const MOST = 2 ** 21;

/** The bit of a float32 that is set where it is negative. */
const SIGN = 2 ** 31;

/**
 * The places of numbers in ascending order, equal ones in the order of their places; none may be NaN. Each number and its
 * place make one number, as which they are sorted: with a function that compares them it takes three times as long.
 */
export function sortedPlaces(values: Float32Array): Uint32Array {
  const { length } = values;
  if (length > MOST) throw new Error(`${length} numbers are more than can be sorted at once`);
  // -0 and 0 are equal, and have different bits
  const bits = new Uint32Array(values.map((value) => value + 0).buffer);
  const keys = new Float64Array(length);
  for (let place = 0; place < length; place++) {
    const own = bits[place] as number;
    keys[place] = (own < SIGN ? own + SIGN : 2 * SIGN - 1 - own) * MOST + place;
  }
  keys.sort();
  const places = new Uint32Array(length);
  for (let rank = 0; rank < length; rank++) places[rank] = (keys[rank] as number) % MOST;
  return places;
}
