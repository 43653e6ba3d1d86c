import type { RandomStream } from '../../../src-shared/random.ts';
import { inside } from './outline.ts';
import type { Color, Patch, Pose, Scene } from './scene.ts';
import { SHAPE_SIDE } from './scene.ts';

/** Samples a side of each pixel, for smooth edges. */
const SAMPLES = 2;

/**
 * Paints a scene as 32x32x3 bytes at the given place. Additions, products and quotients only, each of which
 * IEEE 754 rounds exactly: the bytes are the same on every machine.
 */
export function renderScene(scene: Scene, noise: RandomStream, output: Uint8Array, at: number): void {
  const middle = SHAPE_SIDE / 2;
  for (let y = 0; y < SHAPE_SIDE; y++) {
    for (let x = 0; x < SHAPE_SIDE; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const sampleX = x + ((sample % SAMPLES) + 0.5) / SAMPLES;
        const sampleY = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        const color = colorAt(scene, sampleX, sampleY);
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

/** A triangular distribution around 0. */
function noisy(scene: Scene, stream: RandomStream): number {
  return scene.noise * (stream.uniform() + stream.uniform() - 1);
}

function toByte(value: number): number {
  return Math.floor(Math.min(255, Math.max(0, value)) + 0.5);
}

function colorAt(scene: Scene, x: number, y: number): Color {
  const over = topmost(scene.occluders, x, y);
  if (over !== null) return over;
  const { u, v } = seenFrom(scene.pose, x, y);
  if (inside(scene.outline, u / scene.coreScale, v / scene.coreScale)) return scene.core;
  if (inside(scene.outline, u, v)) return scene.rim;
  return topmost(scene.patches, x, y) ?? scene.background;
}

/** The colour of the last patch that covers the point, or null. */
function topmost(patches: readonly Patch[], x: number, y: number): Color | null {
  let color: Color | null = null;
  for (const patch of patches) {
    if (covers(patch, x, y)) color = patch.color;
  }
  return color;
}

/** A point of the canvas in the frame of something that stands on it: its centre 0, its radius 1. */
function seenFrom(pose: Pose, x: number, y: number): { u: number; v: number } {
  const dx = (x - pose.x) / pose.radius;
  const dy = (y - pose.y) / pose.radius;
  return { u: pose.cosine * dx + pose.sine * dy, v: pose.cosine * dy - pose.sine * dx };
}

/** A bar's half length, in radii. */
const BAR = 1.8;

function covers(patch: Patch, x: number, y: number): boolean {
  // Most points are far away: the turn can be spared. A bar reaches less than 2 radii from its centre.
  if (Math.abs(x - patch.x) > 2 * patch.radius || Math.abs(y - patch.y) > 2 * patch.radius) return false;
  const { u, v } = seenFrom(patch, x, y);
  return patch.kind === 'disc' ? u * u + v * v < 1 : Math.abs(u) < BAR && Math.abs(v) < 0.3;
}
