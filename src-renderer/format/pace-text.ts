import { percent, speedText } from '../../src-shared/numbers.ts';
import type { MeanSpeed } from '../../src-shared/metrics/mean-speed.ts';

/** Less waiting than this share needs no thought. */
const LITTLE = 0.02;

/** `812 images/s`, and where it matters how much of the time goes by waiting for data. */
export function paceText({ imagesPerSecond, dataWaitShare }: MeanSpeed): string {
  const speed = speedText(imagesPerSecond);
  return dataWaitShare < LITTLE ? speed : `${speed} · ${percent(dataWaitShare)} waiting for data`;
}
