import type { Shape } from '../../../src-shared/networks/layer.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

/** `32x32x3` as [32, 32, 3]. @throws Problem `usage` */
export function parseInput(text: string): Shape {
  const [, height, width, channels] = /^(\d+)x(\d+)x(\d+)$/.exec(text) ?? [];
  const shape = [Number(height), Number(width), Number(channels)] as const;
  if (shape.every((each) => each > 0)) return shape;
  throw new Problem('usage', `--input ${text}: expected height x width x channels, e.g. 32x32x3.`);
}
