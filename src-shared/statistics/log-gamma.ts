/** ln of the gamma function of a positive number, by Stirling's series from 10 on. */
export function logGamma(value: number): number {
  let factor = 1;
  let x = value;
  for (; x < 10; x++) factor *= x;
  const inverse = 1 / (x * x);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(factor);
}
