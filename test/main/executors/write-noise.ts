import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { randomStream } from '../../../src-shared/random.ts';

/** A data set `noise` of four classes, soon trained on. @param root folder of data sets */
export function writeNoise(root: string): void {
  const part = (count: number, seed: number) => {
    const stream = randomStream(seed, 'noise');
    const images = Uint8Array.from({ length: count * 16 * 16 * 3 }, () => 255 * stream.uniform());
    const labels = Uint16Array.from({ length: count }, (_, index) => index % 4);
    return { count, shape: [16, 16, 3] as [number, number, number], images, labels };
  };
  const classes = ['a', 'b', 'c', 'd'];
  writePrepared(root, 'noise', {
    classes,
    training: part(64, 1),
    test: part(16, 2),
    source: 'drawn by a test',
  });
}
