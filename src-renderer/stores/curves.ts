import { useThrottleFn } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { Curve } from '../../src-shared/runs/curve.ts';
import type { CurveMetric } from '../../src-shared/metrics/metrics.ts';
import { extendCurve } from '../../src-shared/runs/extend-curve.ts';
import { request } from '../connection/request.ts';
import { type Loading, useLoading } from './loading.ts';

type Curves = ReadonlyMap<CurveMetric, readonly Curve[]>;

/** Milliseconds between two drawings of curves that grow, and for each curve more. */
const PACE = 1000;
const PACE_OF_EACH = 5;

/**
 * The curves of some metrics of some runs, whole when they were loaded and longer with every event that brings points. What
 * events cannot tell (a run began) loads them again.
 */
export function useCurves(
  wanted: () => { readonly runs: readonly string[]; readonly metrics: readonly CurveMetric[] },
): Loading & { readonly curves: Readonly<ShallowRef<Curves>> } {
  let current: Curves = new Map();
  const curves = shallowRef(current);
  const all = (): readonly Curve[] => [...current.values()].flat();
  const show = useThrottleFn(
    () => void (curves.value = current),
    () => PACE + PACE_OF_EACH * all().length,
    true,
  );

  const loading = useLoading(async (isLatest) => {
    const { runs, metrics } = wanted();
    const found = await Promise.all(
      metrics.map(
        async (metric) => [metric, await request('runs.curves', { runs: [...runs], metric })] as const,
      ),
    );
    if (!isLatest()) return;
    current = new Map(found);
    curves.value = current;
  }, apply);
  watch(
    () => JSON.stringify(wanted()),
    () => void loading.load(),
  );

  function apply(event: ApplicationEvent): void {
    if (event.type === 'points') take(event);
    else if (event.type === 'runs' && hasBegun(event)) void loading.load();
  }

  function take(points: Extract<ApplicationEvent, { type: 'points' }>): void {
    const own = all().filter(({ run }) => run === points.run);
    if (own.length === 0) return;
    if (own.some(({ stepsPerEpoch }) => stepsPerEpoch === null)) return void loading.load();
    current = new Map(
      [...current].map(([metric, of]) => [
        metric,
        of.map((curve) => (curve.run === points.run ? extendCurve(curve, metric, points) : curve)),
      ]),
    );
    void show();
  }

  function hasBegun(event: Extract<ApplicationEvent, { type: 'runs' }>): boolean {
    const starts = new Map(all().map(({ run, startedAt }) => [run, startedAt ?? 0]));
    return event.runs.some(({ id, startedAt }) => Date.parse(startedAt ?? '') > (starts.get(id) ?? Infinity));
  }

  return { ...loading, curves };
}
