import type { RandomStream } from '../../../src-shared/random.ts';
import { inside } from './outline.ts';
import type { Color, Patch, Pose, Scene } from './scene.ts';
import { SHAPE_SIDE } from './scene.ts';

/** Samples a side of each pixel, for smooth edges. */
const SAMPLES = 2;
/** Samples a side of the image. */
const SIDE = SAMPLES * SHAPE_SIDE;
/** For each sample what is seen there: a place in the list of colours. */
const seen = new Uint8Array(SIDE * SIDE);

/**
 * Paints a scene as 32x32x3 bytes at the given place. Additions, products and quotients only, each of which
 * IEEE 754 rounds exactly: the bytes are the same on every machine.
 */
export function renderScene(scene: Scene, noise: RandomStream, output: Uint8Array, at: number): void {
  const colors = paint(scene);
  const middle = SHAPE_SIDE / 2;
  for (let y = 0; y < SHAPE_SIDE; y++) {
    for (let x = 0; x < SHAPE_SIDE; x++) {
      const first = y * SAMPLES * SIDE + x * SAMPLES;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const place = first + (sample >> 1) * SIDE + (sample & 1);
        const color = colors[seen[place] ?? 0] ?? scene.background;
        red += color[0];
        green += color[1];
        blue += color[2];
      }
      const light = scene.slopeX * (x - middle) + scene.slopeY * (y - middle);
      const place = at + (y * SHAPE_SIDE + x) * 3;
      const share = SAMPLES * SAMPLES;
      output[place] = toByte(red / share + light + noisy(scene, noise));
      output[place + 1] = toByte(green / share + light + noisy(scene, noise));
      output[place + 2] = toByte(blue / share + light + noisy(scene, noise));
    }
  }
}

/** Says for each sample what is seen there, back to front. @returns the colours */
function paint(scene: Scene): Color[] {
  const colors: Color[] = [scene.background];
  seen.fill(0);
  for (const patch of scene.patches) cover(patch, colors);
  const rim = colors.push(scene.rim) - 1;
  const core = colors.push(scene.core) - 1;
  around(scene.pose, OUTLINE, OUTLINE, (place, u, v) => {
    if (inside(scene.outline, u / scene.coreScale, v / scene.coreScale)) seen[place] = core;
    else if (inside(scene.outline, u, v)) seen[place] = rim;
  });
  for (const patch of scene.occluders) cover(patch, colors);
  return colors;
}

/** How far an outline reaches from its centre at most, in radii: the corner of the triangle. */
const OUTLINE = 1.57;
/** Half a bar's length and width, in radii. */
const [LENGTH, WIDTH] = [1.8, 0.3];

function cover(patch: Patch, colors: Color[]): void {
  const color = colors.push(patch.color) - 1;
  if (patch.kind === 'disc') {
    around(patch, 1, 1, (place, u, v) => {
      if (u * u + v * v < 1) seen[place] = color;
    });
    return;
  }
  const [cosine, sine] = [Math.abs(patch.cosine), Math.abs(patch.sine)];
  around(patch, LENGTH * cosine + WIDTH * sine, LENGTH * sine + WIDTH * cosine, (place, u, v) => {
    if (Math.abs(u) < LENGTH && Math.abs(v) < WIDTH) seen[place] = color;
  });
}

/**
 * Calls back for each sample up to so many radii across and down from the centre of what stands on the canvas, with its place in
 * the frame of that: its centre 0, its radius 1.
 */
function around(
  pose: Pose,
  across: number,
  down: number,
  each: (place: number, u: number, v: number) => void,
): void {
  const [left, right] = bounds(pose.x, across * pose.radius);
  const [top, bottom] = bounds(pose.y, down * pose.radius);
  for (let row = top; row <= bottom; row++) {
    const dy = ((row + 0.5) / SAMPLES - pose.y) / pose.radius;
    for (let column = left; column <= right; column++) {
      const dx = ((column + 0.5) / SAMPLES - pose.x) / pose.radius;
      each(row * SIDE + column, pose.cosine * dx + pose.sine * dy, pose.cosine * dy - pose.sine * dx);
    }
  }
}

/** The first and last sample within a distance of a place, and one more for what rounding moves. */
function bounds(centre: number, distance: number): [first: number, last: number] {
  const first = Math.floor((centre - distance) * SAMPLES) - 1;
  const last = Math.ceil((centre + distance) * SAMPLES);
  return [Math.max(0, first), Math.min(SIDE - 1, last)];
}

/** A triangular distribution around 0. */
function noisy(scene: Scene, stream: RandomStream): number {
  return scene.noise * (stream.uniform() + stream.uniform() - 1);
}

function toByte(value: number): number {
  return Math.floor(Math.min(255, Math.max(0, value)) + 0.5);
}
