/** What a grid of losses on a plane says of the network at its centre. */
export interface PlaneNumbers {
  /** Loss at the centre. */
  readonly loss: number;
  /** Share of the grid with less than twice the loss of the centre. */
  readonly low: number;
  /** Share of the grid with less than ln(classes): better than guessing. */
  readonly useful: number;
  /**
   * (largest loss - loss at the centre) / (1 + loss at the centre), as Keskar et al. (arXiv 1609.04836, equation 4) have
   * it, over the grid's points no farther than half its extent along each axis; not times 100.
   */
  readonly sharpness: number;
}

/** Share of the grid's extent within which sharpness is judged. */
const NEIGHBOURHOOD = 0.5;

/** Evenly from -extent to extent; an odd number of them has an exact 0 in the middle. */
export function gridCoordinates(points: number, extent: number): number[] {
  const middle = (points - 1) / 2;
  return Array.from({ length: points }, (_, point) => (extent * (point - middle)) / middle);
}

/**
 * @param losses on the grid of the coordinates, row by row
 * @param coordinates an odd number of them, with 0 in the middle
 */
export function planeNumbers(
  losses: Float64Array,
  coordinates: readonly number[],
  classes: number,
): PlaneNumbers {
  const loss = losses[(losses.length - 1) / 2] ?? NaN;
  const share = (limit: number): number => losses.filter((value) => value < limit).length / losses.length;
  const side = coordinates.length;
  const reach = NEIGHBOURHOOD * Math.max(...coordinates);
  const isNear = (place: number): boolean => Math.abs(coordinates[place] ?? NaN) <= reach;
  const around = losses.filter((_, at) => isNear(at % side) && isNear(Math.floor(at / side)));
  return {
    loss,
    low: share(2 * loss),
    useful: share(Math.log(classes)),
    sharpness: (Math.max(...around) - loss) / (1 + loss),
  };
}
