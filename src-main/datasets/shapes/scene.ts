import type { RandomStream } from '../../../src-shared/random.ts';
import type { Outline } from './outline.ts';
import { OUTLINES } from './outline.ts';

/** Red, green, blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** A place, size and direction on the canvas, in pixels; the direction is a unit vector. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly cosine: number;
  readonly sine: number;
}

/** A patch of the background: a disc or a bar of one colour. */
export interface Patch extends Pose {
  readonly kind: 'disc' | 'bar';
  readonly color: Color;
}

/** Everything that is drawn in one image, back to front. */
export interface Scene {
  readonly background: Color;
  readonly patches: readonly Patch[];
  /** Patches that lie over the shape. */
  readonly occluders: readonly Patch[];
  readonly pose: Pose;
  readonly outline: Outline;
  /** The core is the outline again, smaller by this factor and in its own colour. */
  readonly coreScale: number;
  readonly core: Color;
  readonly rim: Color;
  /** Change of brightness per pixel, across and down. */
  readonly slopeX: number;
  readonly slopeY: number;
  /** Half the width of the noise that each pixel and channel gets. */
  readonly noise: number;
}

/** The classes: an outline, and which of the two colour families is inside. */
export const SHAPE_CLASSES: readonly string[] = OUTLINES.flatMap((outline) => [
  `${outline}, warm in cool`,
  `${outline}, cool in warm`,
]);

export const SHAPE_SIDE = 32;

function between(stream: RandomStream, low: number, high: number): number {
  return low + (high - low) * stream.uniform();
}

/**
 * A direction up to `most` (at most 1) half turns of a circle's rational parameter away from upright:
 * ((1 - t²) / (1 + t²), 2t / (1 + t²)). Only exactly rounded arithmetic, so the same on every machine.
 */
function direction(stream: RandomStream, most: number): { cosine: number; sine: number } {
  const t = between(stream, -most, most);
  return { cosine: (1 - t * t) / (1 + t * t), sine: (2 * t) / (1 + t * t) };
}

/** A warm (red to yellow) or cool (green-blue to violet) colour of random depth and brightness. */
function familyColor(stream: RandomStream, warm: boolean): Color {
  const brightness = between(stream, 90, 235);
  const pale = brightness * between(stream, 0.1, 0.5);
  const middle = pale + (brightness - pale) * between(stream, 0, 0.75);
  if (warm) return [brightness, middle, pale];
  return stream.uniform() < 0.5 ? [pale, middle, brightness] : [middle, pale, brightness];
}

function drawPatch(stream: RandomStream, largest: number): Patch {
  return {
    kind: stream.uniform() < 0.5 ? 'disc' : 'bar',
    color: familyColor(stream, stream.uniform() < 0.5),
    x: between(stream, 0, SHAPE_SIDE),
    y: between(stream, 0, SHAPE_SIDE),
    radius: between(stream, 2, largest),
    ...direction(stream, 1),
  };
}

/** Draws what an image of the class shows. */
export function drawScene(label: number, stream: RandomStream): Scene {
  const warmCore = label % 2 === 0;
  const radius = between(stream, 5.5, 10.5);
  const reach = radius + 1;
  const grey = between(stream, 40, 200);
  const background: Color = [
    grey + between(stream, -30, 30),
    grey + between(stream, -30, 30),
    grey + between(stream, -30, 30),
  ];
  return {
    background,
    patches: Array.from({ length: 3 + stream.integer(5) }, () => drawPatch(stream, 6)),
    occluders: Array.from({ length: stream.integer(3) }, () => drawPatch(stream, 4)),
    pose: {
      x: between(stream, reach, SHAPE_SIDE - reach),
      y: between(stream, reach, SHAPE_SIDE - reach),
      radius,
      ...direction(stream, 0.4),
    },
    outline: OUTLINES[label >> 1] ?? 'disc',
    coreScale: between(stream, 0.5, 0.8),
    core: familyColor(stream, warmCore),
    rim: familyColor(stream, !warmCore),
    slopeX: between(stream, -1.5, 1.5),
    slopeY: between(stream, -1.5, 1.5),
    noise: between(stream, 20, 60),
  };
}
