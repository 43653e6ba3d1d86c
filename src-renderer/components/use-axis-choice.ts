import { useEventListener } from '@vueuse/core';
import { computed, type ComputedRef, ref, type Ref, shallowRef } from 'vue';
import type { ChartOption } from '../../src-shared/charts/chart-style.ts';
import { type RangeAxis, rangeAxes, runsThrough } from '../../src-shared/charts/range-axes.ts';
import { counted } from '../../src-shared/counted.ts';
import { isSameSet } from './is-same-set.ts';
import type { KeyboardCursor } from './use-mark-choice.ts';

/** What was marked with the pointer on one axis, as ECharts tells it. */
export interface AxisChange {
  /** Its place. */
  readonly parallelAxisId: string;
  readonly intervals: readonly (readonly [low: number, high: number])[];
}

export interface AxisChoice {
  /** Whether there are axes on which ranges can be marked. */
  readonly chooses: ComputedRef<boolean>;
  readonly cursor: ComputedRef<KeyboardCursor | null>;
  readonly key: (event: KeyboardEvent) => void;
  readonly leave: () => void;
  /** A button was pressed: near an axis a range may be marked until it is released. */
  readonly press: (event: PointerEvent) => void;
  readonly isPressed: Readonly<Ref<boolean>>;
  /** A range was marked, moved or taken away with the pointer. */
  readonly note: (change: AxisChange) => void;
  /** The runs of what is marked with the pointer, which the axes show themselves; null where nothing is. */
  readonly marked: Readonly<Ref<ReadonlySet<string> | null>>;
  /** The chart was drawn anew, without marked ranges. */
  readonly forget: () => void;
}

/** CSS pixels of the frame around a range, beside its axis and above its ends. */
const BESIDE = 9;
const BEYOND = 7;
/** As far beside an axis ECharts begins a range. */
const REACH = 10;

/**
 * Ranges on the axes of parallel coordinates: with the pointer ECharts draws them; by keyboard left and right go to another axis, up and
 * down to another of its values, with Shift to a range of them. Space adds the lines through it or takes them away, Enter takes them
 * alone, Escape none.
 */
export function useAxisChoice(
  option: () => ChartOption | null,
  size: () => { readonly width: number; readonly height: number },
  choose: (runs: readonly string[], isAdded: boolean) => void,
  chooseThese: (runs: readonly string[]) => void,
): AxisChoice {
  const ranges = new Map<number, AxisChange['intervals']>();
  const isPressed = ref(false);
  const marked = shallowRef<ReadonlySet<string> | null>(null);
  const axes = computed(() => rangeAxes(option() ?? {}, size()));
  /** An axis, and places among its values. */
  const at = ref<{ readonly axis: number; readonly from: number; readonly to: number } | null>(null);

  const range = computed(() => {
    if (at.value === null) return null;
    const { axis, from, to } = at.value;
    const stops = axes.value[axis]?.stops ?? [];
    const [low, high] = [stops[Math.min(from, to)], stops[Math.max(from, to)]];
    if (!low || !high) return null;
    const runs = runsThrough(option() ?? {}, new Map([[axis, [[low.value, high.value]]]]));
    return { axis: axes.value[axis], low, high, runs };
  });
  const cursor = computed(() => {
    if (range.value === null) return null;
    const { axis, low, high, runs } = range.value;
    const values = low === high ? low.label : `${low.label} to ${high.label}`;
    return {
      box: {
        ...{ left: (axis?.x ?? 0) - BESIDE, width: 2 * BESIDE },
        ...{ top: high.y - BEYOND, height: low.y - high.y + 2 * BEYOND },
      },
      words: `${axis?.title ?? ''} ${values}, ${counted(runs.length, 'line')}`,
    };
  });

  /** To an axis beside this one, at the value that is about as high; to the first one from nowhere. */
  function toAxis(by: number): void {
    const here = range.value;
    const next = here ? clamp((at.value?.axis ?? 0) + by, axes.value.length) : 0;
    const place = nearest(axes.value[next], here?.high.y ?? 0);
    at.value = { axis: next, from: place, to: place };
  }

  function toValue(by: number, isRange: boolean): void {
    if (at.value === null) return toAxis(0);
    const { axis, from, to } = at.value;
    const next = clamp(to + by, axes.value[axis]?.stops.length ?? 0);
    at.value = { axis, from: isRange ? from : next, to: next };
  }

  function key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') toAxis(-1);
    else if (event.key === 'ArrowRight') toAxis(1);
    else if (event.key === 'ArrowUp') toValue(1, event.shiftKey);
    else if (event.key === 'ArrowDown') toValue(-1, event.shiftKey);
    else if (event.key === 'Escape') choose([], false);
    else if (range.value && event.key === ' ') choose(range.value.runs, true);
    else if (range.value && event.key === 'Enter') choose(range.value.runs, false);
    else return;
    event.preventDefault();
  }

  function press({ button, offsetX }: PointerEvent): void {
    isPressed.value = button === 0 && axes.value.some(({ x }) => Math.abs(x - offsetX) <= REACH);
  }
  useEventListener(['pointerup', 'pointercancel'], () => (isPressed.value = false));

  function note({ parallelAxisId, intervals }: AxisChange): void {
    if (intervals.length === 0) ranges.delete(Number(parallelAxisId));
    else ranges.set(Number(parallelAxisId), intervals);
    const runs = ranges.size === 0 ? [] : runsThrough(option() ?? {}, ranges);
    const now = new Set(runs);
    // as it is moved, the same lines are told again and again
    if (marked.value !== null && isSameSet(now, marked.value)) return;
    marked.value = now;
    chooseThese(runs);
  }

  return {
    ...{ cursor, key, press, isPressed, note, marked },
    chooses: computed(() => axes.value.length > 0),
    leave: () => (at.value = null),
    forget: () => {
      ranges.clear();
      marked.value = null;
    },
  };
}

function clamp(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place));
}

function nearest(axis: RangeAxis | undefined, y: number): number {
  const far = (axis?.stops ?? []).map((stop) => Math.abs(stop.y - y));
  return Math.max(0, far.indexOf(Math.min(...far)));
}
