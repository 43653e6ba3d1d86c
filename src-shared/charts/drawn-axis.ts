import type { ChartOption } from './chart-style.ts';

/** What is known of an axis of a chart when it has been drawn. */
export interface DrawnAxis {
  readonly type?: string;
  readonly min?: number;
  readonly max?: number;
  readonly inverse?: boolean;
  readonly isOfNames?: boolean;
  /** Whether it is of things that have no parts, and the ticks that it then has. */
  readonly isWhole?: boolean;
  readonly axisTick?: { readonly customValues?: readonly number[] };
  /** Of an axis that panels may share. */
  readonly drawn?: DrawnWords;
}

export interface DrawnWords {
  readonly title: string;
  /** Null for an axis of numbers. */
  readonly names: readonly string[] | null;
  /** Whether its names stand at the distances of a scale that was chosen; or why they do not. */
  readonly isScaled?: true;
  readonly whyUnscaled?: string;
}

/** The axis at this side, or the first of several that show the same. */
export function drawnAxis(option: ChartOption, side: 'x' | 'y'): DrawnAxis | undefined {
  return ([option[`${side}Axis`]].flat() as (DrawnAxis | undefined)[])[0];
}

export function isOfNumbers({ type, isOfNames }: DrawnAxis): boolean {
  return (type === 'value' || type === 'log') && isOfNames !== true;
}
