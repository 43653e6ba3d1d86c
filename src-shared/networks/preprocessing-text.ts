import type { NetworkRecord } from './network-record.ts';

/** What becomes of a picture, in words. */
export function preprocessingText({
  preprocessing,
  input,
}: Pick<NetworkRecord, 'preprocessing' | 'input'>): string {
  const { shortSide, mean, std, scale, channels } = preprocessing;
  const [height, width] = input;
  const inverse = 1 / scale;
  const scaled = scale === 1 ? 'bytes' : `bytes / ${Number(inverse.toPrecision(6))}`;
  const list = (values: readonly number[]): string =>
    values.map((value) => Number(value.toPrecision(6))).join(', ');
  return `short side ${shortSide}, centre ${height}x${width}, ${scaled}, mean ${list(mean)}, deviation ${list(std)}${channels === 'bgr' ? ', blue first' : ''}`;
}
