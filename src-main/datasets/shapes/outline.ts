/** The five outlines, each of about the same area (3.1) in a square of side 2 around the origin. */
export const OUTLINES = ['disc', 'square', 'triangle', 'cross', 'crescent'] as const;
export type Outline = (typeof OUTLINES)[number];

/** Height over half the base of an equilateral triangle; written out, since Math.sqrt(3) is no constant. */
const ROOT_3 = 1.7320508075688772;

/** Whether a point lies inside the outline. */
export function inside(outline: Outline, u: number, v: number): boolean {
  switch (outline) {
    case 'disc':
      return u * u + v * v < 1;
    case 'square':
      return Math.max(Math.abs(u), Math.abs(v)) < 0.886;
    case 'triangle':
      // Inradius 0.78: the base below, the other two sides by symmetry.
      return v < 0.78 && (ROOT_3 * Math.abs(u) - v) / 2 < 0.78;
    case 'cross':
      return Math.min(Math.abs(u), Math.abs(v)) < 0.42 && Math.max(Math.abs(u), Math.abs(v)) < 1.15;
    case 'crescent':
      return u * u + v * v < 1.4 && (u - 0.75) * (u - 0.75) + v * v > 0.75;
  }
}
