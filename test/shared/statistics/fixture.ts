import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Reads a fixture that a script beside it made; the caller knows its form. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
}

/** Fails unless the two agree to `digits` digits of the greater of the expected value and `scale`. */
export function assertNear(
  actual: number | null | undefined,
  expected: number,
  { digits = 9, scale = 0, what = '' }: { digits?: number; scale?: number; what?: string } = {},
): void {
  const allowed = 10 ** -digits * Math.max(Math.abs(expected), scale);
  const near = typeof actual === 'number' && (actual === expected || Math.abs(actual - expected) <= allowed);
  assert.ok(near, `${what} ${actual} for ${expected}`);
}
