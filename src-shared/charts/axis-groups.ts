import { textWidth } from './text-width.ts';

/** Neighbouring places of an axis under one name, as the layers of a module. */
export interface AxisGroup {
  readonly label: string;
  /** The first and the last of its places. */
  readonly from: number;
  readonly to: number;
}

export interface GroupTick {
  /** The middle of the group. */
  readonly at: number;
  readonly label: string;
}

/** In font sizes, between two labels, and the height of a label. */
const GAP = 0.5;
const HEIGHT = 0.7;

/**
 * The names of groups, each at its middle, as long as those of the larger groups have room beside each other: `stage2/unit1`,
 * `stage2/unit2`; `stage2`, `unit2`; `stage2`, `2`. The others are named where there is room left.
 *
 * @param spacing from one place to the next, in the unit of the font's size
 * @param direction of the axis; the labels lie level
 */
export function groupTicks(
  groups: readonly AxisGroup[],
  spacing: number,
  fontSize: number,
  direction: 'level' | 'upright' = 'level',
): GroupTick[] {
  const sizeOf = ({ label }: GroupTick): number =>
    direction === 'level' ? textWidth(label, fontSize) : HEIGHT * fontSize;
  const isApart = (one: GroupTick, other: GroupTick): boolean =>
    Math.abs(one.at - other.at) * spacing >= (sizeOf(one) + sizeOf(other)) / 2 + GAP * fontSize;
  const placesOf = ({ from, to }: AxisGroup): number => to - from + 1;
  const bySize = groups.toSorted((one, other) => placesOf(other) - placesOf(one));
  const most = Math.max(...groups.map(placesOf));
  const large = groups.filter((group) => placesOf(group) >= most / 2);
  const labels = groups.map(({ label }) => label);
  const short = direction === 'level' ? [byPath(labels), byNumber(byPath(labels))] : [];
  const choices = [labels, ...short].map((words) => {
    const kept = new Map<AxisGroup, GroupTick>();
    for (const group of bySize) {
      const tick = { at: (group.from + group.to) / 2, label: words[groups.indexOf(group)] ?? '' };
      if ([...kept.values()].every((other) => isApart(tick, other))) kept.set(group, tick);
    }
    return kept;
  });
  const chosen = choices.find((kept) => large.every((group) => kept.has(group))) ?? choices.at(-1);
  return [...(chosen?.values() ?? [])].toSorted((one, other) => one.at - other.at);
}

/** Where one group ends and the next begins. */
export function groupBorders(groups: readonly AxisGroup[]): number[] {
  return groups.slice(1).map(({ from }) => from - 0.5);
}

/** `stage2/unit1`, `stage2/unit2` as `stage2`, `unit2`: the path is said once. */
function byPath(labels: readonly string[]): string[] {
  const pathOf = (label = ''): string => label.slice(0, Math.max(0, label.lastIndexOf('/')));
  return labels.map((label, place) => {
    const path = pathOf(label);
    if (path === '') return label;
    if (path === pathOf(labels[place - 1])) return label.slice(path.length + 1);
    return path === pathOf(labels[place + 1]) ? path : label;
  });
}

/** `fire2`, `fire3` as `fire2`, `3`. */
function byNumber(labels: readonly string[]): string[] {
  const stemOf = (label = ''): string => label.replace(/\d+$/, '');
  return labels.map((label, place) => {
    const [stem, before] = [stemOf(label), labels[place - 1]];
    return before !== undefined && stem !== label && stem === stemOf(before) && stem !== before
      ? label.slice(stem.length)
      : label;
  });
}
