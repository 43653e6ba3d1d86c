import { useEventListener } from '@vueuse/core';
import { computed, type ComputedRef, ref, type Ref } from 'vue';
import type { ChartOption } from '../../src-shared/charts/chart-style.ts';
import { runMarks, type RunMark } from '../../src-shared/charts/selected-marks.ts';

/** In CSS pixels from the corner of the chart. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the keyboard is in a chart, and what is there in words. */
export interface KeyboardCursor {
  readonly box: Rectangle;
  readonly words: string;
}

export interface MarkChoice {
  /** Those that can be chosen. */
  readonly marks: ComputedRef<readonly RunMark[]>;
  /** What is being drawn with Shift and the pointer. */
  readonly box: Readonly<Ref<Rectangle | null>>;
  readonly cursor: ComputedRef<KeyboardCursor | null>;
  readonly press: (event: PointerEvent) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly leave: () => void;
}

/** What is needed of a drawn chart. */
interface Drawn {
  convertToPixel(finder: { seriesIndex: number }, value: number[]): number | number[];
}

type Point = readonly [x: number, y: number];
interface Placed {
  readonly mark: RunMark;
  readonly points: readonly Point[];
}

/** A click that is hardly a rectangle takes what is this near, in CSS pixels. */
const NEAR = 8;
/** CSS pixels around the mark at which the keyboard is. */
const RING = 11;
/** So many points of a line are looked at. */
const MOST_POINTS = 400;

/**
 * Marks of a chart chosen by rectangle (Shift and drag) and by keyboard: arrows go to the next mark in a direction, space adds or
 * takes away, Enter takes that mark alone, Escape none.
 *
 * @param choose as a click does, of which a second one takes away what the first one took
 * @param chooseThese and no others
 */
export function useMarkChoice(
  drawn: () => Drawn | undefined,
  option: () => ChartOption | null,
  place: () => HTMLElement | undefined,
  choose: (runs: readonly string[], isAdded: boolean) => void,
  chooseThese: (runs: readonly string[]) => void,
): MarkChoice {
  const box = ref<Rectangle | null>(null);
  const at = ref(-1);
  let start: { readonly x: number; readonly y: number } | null = null;
  const marks = computed(() => runMarks(option() ?? {}));

  function placed(mark: RunMark): Placed {
    const { value } = mark;
    const count = mark.place === null ? value.length / 2 : 1;
    const step = Math.max(1, Math.ceil(count / MOST_POINTS));
    const points: Point[] = [];
    for (let point = 0; point < count; point += step) {
      const pixel = drawn()?.convertToPixel({ seriesIndex: mark.series }, [
        value[2 * point] ?? NaN,
        value[2 * point + 1] ?? NaN,
      ]);
      const [x = NaN, y = NaN] = Array.isArray(pixel) ? pixel : [];
      if (Number.isFinite(x) && Number.isFinite(y)) points.push([x, y]);
    }
    return { mark, points };
  }

  function local({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const { left = 0, top = 0 } = place()?.getBoundingClientRect() ?? {};
    return { x: clientX - left, y: clientY - top };
  }

  function press(event: PointerEvent): void {
    if (!event.shiftKey || event.button !== 0 || marks.value.length === 0) return;
    // it would pan
    event.stopPropagation();
    event.preventDefault();
    start = local(event);
  }
  useEventListener('pointermove', (event: PointerEvent) => {
    if (start) box.value = between(start, local(event));
  });
  useEventListener('pointerup', (event: PointerEvent) => {
    if (!start) return;
    const drawnBox = between(start, local(event));
    const isPoint = drawnBox.width < NEAR && drawnBox.height < NEAR;
    start = null;
    box.value = null;
    const wanted = isPoint ? grown(drawnBox, NEAR) : drawnBox;
    const inside = marks.value
      .map(placed)
      .filter(({ points }) => points.some((point) => isIn(point, wanted)));
    const runs = new Set(inside.flatMap(({ mark }) => mark.runs));
    if (runs.size === 0) return;
    if (isPoint || event.ctrlKey || event.metaKey) choose([...runs], true);
    else chooseThese([...runs]);
  });

  const cursor = computed(() => {
    // most charts are never gone through by keyboard, and some have thousands of marks
    const mark = at.value < 0 ? undefined : marks.value[at.value];
    const [x, y] = mark ? middleOf(placed(mark)) : [];
    if (!mark || x === undefined || y === undefined) return null;
    return { box: grown({ left: x, top: y, width: 0, height: 0 }, RING), words: wordsOf(option(), mark) };
  });

  function key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || marks.value.length === 0) return;
    const mark = marks.value[at.value];
    const direction = DIRECTIONS[event.key];
    if (direction) at.value = next(direction);
    else if (event.key === 'Home') at.value = 0;
    else if (event.key === 'End') at.value = marks.value.length - 1;
    else if (event.key === 'Escape') choose([], false);
    else if (mark && event.key === ' ') choose(mark.runs, true);
    else if (mark && event.key === 'Enter') choose(mark.runs, false);
    else return;
    event.preventDefault();
  }

  /** The nearest mark in a direction; the present one where there is none. */
  function next([dx, dy]: Point): number {
    const here = marks.value[at.value];
    const [x, y] = here ? middleOf(placed(here)) : [];
    if (x === undefined || y === undefined) return 0;
    let [best, least] = [at.value, Infinity];
    for (const [index, mark] of marks.value.entries()) {
      const [mx, my] = middleOf(placed(mark));
      if (mx === undefined || my === undefined) continue;
      const ahead = (mx - x) * dx + (my - y) * dy;
      const aside = Math.abs((mx - x) * dy + (my - y) * dx);
      const far = ahead + 3 * aside;
      if (ahead > 0.5 && far < least) [best, least] = [index, far];
    }
    return best;
  }

  return { marks, box, cursor, press, key, leave: () => void (at.value = -1) };
}

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function middleOf({ points }: Placed): readonly number[] {
  return points[Math.floor(points.length / 2)] ?? [];
}

function between(one: { x: number; y: number }, other: { x: number; y: number }): Rectangle {
  return {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

function grown({ left, top, width, height }: Rectangle, by: number): Rectangle {
  return { left: left - by, top: top - by, width: width + 2 * by, height: height + 2 * by };
}

function isIn([x, y]: Point, { left, top, width, height }: Rectangle): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** What a tooltip says of a mark, or the name of its line. */
function wordsOf(option: ChartOption | null, { series, place }: RunMark): string {
  const all = (option?.['series'] ?? []) as readonly { readonly name?: string; readonly data?: unknown }[];
  const { name = '', data } = all[series] ?? {};
  if (place === null) return name;
  const { formatter } = (option?.['tooltip'] ?? {}) as { readonly formatter?: (of: unknown) => unknown };
  const text = formatter?.({ data: (data as readonly unknown[])[place] });
  return typeof text === 'string' ? text.replaceAll('\n', ', ') : name;
}
