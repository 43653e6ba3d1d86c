import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import {
  responseSurface,
  type SurfaceCoefficient,
  type SurfacePoint,
} from '../../../src-shared/statistics/response-surface.ts';
import { assertNear, readFixture } from './fixture.ts';

interface Case {
  readonly points: readonly SurfacePoint[];
  readonly coefficients: readonly Omit<SurfaceCoefficient, 'term'>[];
  readonly rSquared: number;
  readonly lackOfFit: { readonly f: number; readonly p: number } | null;
  readonly at: { readonly value: number; readonly low: number; readonly high: number };
}

const { source, cases } = readFixture('surface') as { source: string; cases: Case[] };

test(`coefficients, intervals, lack of fit and predictions agree with ${source} to eight digits`, () => {
  assert.equal(cases.length, 3);
  for (const { points, ...expected } of cases) {
    const surface = responseSurface(points);
    for (const [place, coefficient] of expected.coefficients.entries()) {
      for (const key of ['estimate', 'low', 'high', 'p'] as const) {
        const what = `${surface.coefficients[place]?.term} ${key}`;
        assertNear(surface.coefficients[place]?.[key], coefficient[key], { digits: 8, scale: 0.01, what });
      }
    }
    assertNear(surface.rSquared, expected.rSquared);
    assert.equal(surface.lackOfFit === null, expected.lackOfFit === null);
    if (expected.lackOfFit) {
      assertNear(surface.lackOfFit?.f, expected.lackOfFit.f, { digits: 8 });
      assertNear(surface.lackOfFit?.p, expected.lackOfFit.p, { digits: 8 });
    }
    const place = surface.at(-1, 0.3);
    for (const key of ['value', 'low', 'high'] as const) assertNear(place[key], expected.at[key]);
  }
});

test('too few levels or runs are refused', () => {
  const [whole] = cases;
  const points = whole?.points ?? [];
  const isRefusal = (error: unknown): boolean =>
    error instanceof Problem && /three levels/.test(error.message);
  assert.throws(() => responseSurface(points.filter(({ y }) => y < 0.3)), isRefusal);
  assert.throws(() => responseSurface(points.slice(0, 6)), isRefusal);
});

test('a value that is not finite, or nothing left beside the surface, is no evidence', () => {
  const grid = Array.from({ length: 9 }, (_, place) => ({
    x: place % 3,
    y: Math.floor(place / 3),
    value: 0,
  }));
  const refused = (points: readonly SurfacePoint[], reason: RegExp): void =>
    assert.throws(() => responseSurface(points), reason);
  for (const bad of [NaN, Infinity])
    refused(
      grid.map((point, place) => ({ ...point, value: place === 4 ? bad : place })),
      /No quadratic surface: a value is not finite/,
    );
  refused(
    grid.map((point) => ({ ...point, value: 1 + point.x })),
    /the runs lie on it up to rounding/,
  );
});
