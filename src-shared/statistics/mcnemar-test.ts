export interface McNemarTest {
  /** Pairs of which exactly one side is right: the others say nothing about which side is better. */
  readonly n: number;
  /** Exact, two-sided. */
  readonly p: number;
  /** Mid-p, two-sided: counts half of what is as likely as what was observed, so that it is not larger than it needs to be. */
  readonly midP: number;
}

/**
 * McNemar's test of two paired shares. If both sides are equally good, of the pairs that set them apart each is for the one
 * or the other with probability 1/2. p is twice the lower tail of that binomial distribution, at most 1; mid-p is twice the
 * tail with half of its last term (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91, 2013).
 *
 * @param onlyFirst pairs of which only the first side is right
 * @param onlySecond pairs of which only the second is
 * @returns null where no pair sets the sides apart.
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): McNemarTest | null {
  const n = onlyFirst + onlySecond;
  if (n === 0) return null;
  const { tail, last } = fairTail(Math.min(onlyFirst, onlySecond), n);
  return { n, p: Math.min(1, 2 * tail), midP: Math.min(1, 2 * tail - last) };
}

/** Of a binomial distribution with probability 1/2: that of `few` or fewer, and of `few`. */
function fairTail(few: number, n: number): { readonly tail: number; readonly last: number } {
  // in logarithms: the power of 1/2 alone would be zero from n = 1075
  let logarithm = -n * Math.LN2;
  for (let place = 1; place <= few; place++) logarithm += Math.log((n - few + place) / place);
  // each term by the one above it, until they no longer count
  let [sum, term] = [0, 1];
  for (let count = few; count >= 0 && term > sum * Number.EPSILON; count--) {
    sum += term;
    term *= count / (n - count + 1);
  }
  const last = Math.exp(logarithm);
  return { tail: last * sum, last };
}
