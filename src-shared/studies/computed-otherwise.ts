import type { ComputedBy } from './trainer-protocol.ts';

const NAMES: Readonly<Record<keyof ComputedBy, string>> = {
  name: 'the engine is',
  version: "the engine's version is",
  device: 'the device is',
  threads: 'the number of threads is',
  kindling: 'the version of Kindling is',
};

/** What computes otherwise now than it did, for people; null where nothing does. @param now as far as it is known */
export function computedOtherwise(now: Partial<ComputedBy>, before: ComputedBy): string | null {
  const keys = Object.keys(NAMES) as (keyof ComputedBy)[];
  const differing = keys.filter((key) => now[key] !== undefined && now[key] !== before[key]);
  return differing.length === 0
    ? null
    : differing.map((key) => `${NAMES[key]} ${now[key]}, it was ${before[key]}`).join('; ');
}
