/** The largest of the parts into which so many are parted evenly, none of more than `most`; so that none is left alone. */
export function largestPart(all: number, most: number): number {
  return Math.ceil(all / Math.ceil(all / most));
}
