import { logGamma } from './log-gamma.ts';

/** The half of Gauss and Legendre's ten points on [-1, 1] that is above zero, each with its weight. */
const POINTS: readonly (readonly [place: number, weight: number])[] = [
  [0.14887433898163122, 0.29552422471475287],
  [0.4333953941292472, 0.26926671930999635],
  [0.6794095682990244, 0.21908636251598204],
  [0.8650633666889845, 0.14945134915058059],
  [0.9739065285171717, 0.06667134430868814],
];
/** ln of the density, below the peak, at which it counts no more. */
const REACH = 45;
const PANELS = 8;
const TOLERANCE = 1e-14;
/** Halvings after which a step has become too narrow to matter. */
const DEEPEST = 40;

/**
 * Mean of a function over the estimates s of a standard deviation of one with these degrees of freedom: s^2 times the
 * degrees is chi-squared. Whatever uses an estimated deviation is what it would be with a known one, in the mean over s:
 * nothing cancels, however far the function's own tails reach.
 *
 * Integrated along ln s, in which the density falls faster than exponentially, with panels halved until both halves agree with
 * the whole to 1e-14.
 *
 * @param value between 0 and 1 and smooth, except for steps
 * @param most the function counts as zero for greater s, where it may have a kink
 */
export function overDeviations(
  degreesOfFreedom: number,
  value: (deviation: number) => number,
  most = Infinity,
): number {
  const half = degreesOfFreedom / 2;
  const logScale = Math.LN2 + half * Math.log(half) - logGamma(half) - half;
  const logFall = (u: number): number => degreesOfFreedom * (u - Math.expm1(2 * u) / 2);
  const at = (u: number): number => Math.exp(logScale + logFall(u)) * value(Math.exp(u));
  const low = edge(logFall, -1);
  const high = Math.min(edge(logFall, 1), Math.log(most));
  if (high <= low) return 0;
  const width = (high - low) / PANELS;
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel++) {
    const [from, to] = [low + panel * width, low + (panel + 1) * width];
    sum += refined(at, from, to, gauss(at, from, to), DEEPEST);
  }
  return sum;
}

/** How far the density reaches to one side of its peak at zero. */
function edge(logFall: (u: number) => number, side: 1 | -1): number {
  let near = 0;
  let far: number = side;
  while (logFall(far) > -REACH) far *= 2;
  while (Math.abs(far - near) > 1e-3 * Math.abs(far)) {
    const middle = (near + far) / 2;
    if (logFall(middle) > -REACH) near = middle;
    else far = middle;
  }
  return far;
}

function refined(at: (u: number) => number, from: number, to: number, whole: number, depth: number): number {
  const middle = (from + to) / 2;
  const [left, right] = [gauss(at, from, middle), gauss(at, middle, to)];
  if (depth === 0 || Math.abs(left + right - whole) <= TOLERANCE) return left + right;
  return refined(at, from, middle, left, depth - 1) + refined(at, middle, to, right, depth - 1);
}

function gauss(at: (u: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return (
    half *
    POINTS.reduce(
      (sum, [place, weight]) => sum + weight * (at(middle - half * place) + at(middle + half * place)),
      0,
    )
  );
}
