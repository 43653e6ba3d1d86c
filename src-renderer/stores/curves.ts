import { useThrottleFn } from '@vueuse/core';
import { type Ref, shallowRef } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { Curve } from '../../src-shared/runs/curve.ts';
import type { AnyCurveMetric } from '../../src-shared/metrics/imported-metric.ts';
import { extendCurve } from '../../src-shared/runs/extend-curve.ts';
import { request } from '../connection/request.ts';
import { useConnection } from './connection.ts';
import { useLoading } from './loading.ts';

export type Curves = ReadonlyMap<AnyCurveMetric, readonly Curve[]>;

export interface CurvesWanted {
  readonly runs: readonly string[];
  readonly metrics: readonly AnyCurveMetric[];
}

/** Milliseconds between two drawings of curves that grow, and for each curve more. */
const PACE = 1000;
const PACE_OF_EACH = 5;

/**
 * The curves of some metrics of some runs, whole when they were loaded and longer with every event that brings points. What
 * events cannot tell (a run began) is loaded again, and of further runs only their own curves. Those that were asked for last are held.
 *
 * @returns what is to be asked; another function whenever it would answer otherwise. It rejects where they cannot be loaded.
 */
export function useCurves(): Readonly<Ref<(wanted: CurvesWanted) => Promise<Curves>>> {
  const connection = useConnection();
  let wanted: CurvesWanted = { runs: [], metrics: [] };
  let asked = '';
  let answered = '';
  let loaded = Promise.resolve();
  let current: Curves = new Map();
  /** The connection through which they were loaded: by another one all are loaded. */
  let generation = -1;
  const all = (): readonly Curve[] => [...current.values()].flat();
  const answering = () => async (next: CurvesWanted) => {
    const question = JSON.stringify(next);
    if (question !== asked) {
      [asked, wanted] = [question, next];
      loaded = load();
    }
    await loaded;
    if (problem.value === '') return current;
    asked = '';
    throw new Error(problem.value);
  };
  const answer = shallowRef(answering());
  const show = useThrottleFn(
    () => void (answer.value = answering()),
    () => PACE + PACE_OF_EACH * all().length,
    true,
  );

  // of a study that trains one more run is wanted every few seconds: the others are there
  const { load, problem } = useLoading(async (isLatest) => {
    const [question, { runs, metrics }, now] = [asked, wanted, connection.generation];
    const held = (metric: AnyCurveMetric): ReadonlyMap<string, Curve> =>
      new Map(now === generation ? current.get(metric)?.map((curve) => [curve.run, curve]) : []);
    const found = await Promise.all(
      metrics.map(async (metric) => {
        const there = held(metric);
        const missing = runs.filter((run) => !there.has(run));
        return [
          metric,
          missing.length === 0 ? [] : await request('runs.curves', { runs: missing, metric }),
        ] as const;
      }),
    );
    if (!isLatest()) return;
    current = new Map(
      found.map(([metric, added]) => {
        // those that were there may have grown meanwhile
        const there = new Map([...held(metric), ...added.map((curve) => [curve.run, curve] as const)]);
        return [metric, runs.flatMap((run) => there.get(run) ?? [])];
      }),
    );
    generation = now;
    // whoever asks for others waits for them
    if (question === answered) answer.value = answering();
    answered = question;
  }, apply);

  function apply(event: ApplicationEvent): void {
    if (event.type === 'points') take(event);
    else if (event.type === 'runs') reload(begunAgain(event));
  }

  function take(points: Extract<ApplicationEvent, { type: 'points' }>): void {
    const own = all().filter(({ run }) => run === points.run);
    if (own.length === 0) return;
    if (own.some(({ stepsPerEpoch }) => stepsPerEpoch === null)) return reload([points.run]);
    current = new Map(
      [...current].map(([metric, of]) => [
        metric,
        of.map((curve) => (curve.run === points.run ? extendCurve(curve, metric, points) : curve)),
      ]),
    );
    void show();
  }

  function begunAgain(event: Extract<ApplicationEvent, { type: 'runs' }>): string[] {
    const starts = new Map(all().map(({ run, startedAt }) => [run, startedAt ?? 0]));
    return event.runs.flatMap(({ id, startedAt }) =>
      Date.parse(startedAt ?? '') > (starts.get(id) ?? Infinity) ? [id] : [],
    );
  }

  function reload(runs: readonly string[]): void {
    if (runs.length === 0) return;
    current = new Map(
      [...current].map(([metric, of]) => [metric, of.filter(({ run }) => !runs.includes(run))]),
    );
    loaded = load();
  }

  return answer;
}
