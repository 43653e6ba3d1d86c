import { byPlace } from '../../../src-shared/by-place.ts';
import { named } from '../../../src-shared/mistakes/named.ts';
import type { EngineKind, EngineSource } from '../engine-kind.ts';
import * as all from './all.ts';

export const ENGINE_KINDS: readonly EngineKind[] = Object.values<EngineKind>(all).toSorted((a, b) =>
  byPlace(a.place, b.place),
);

/** All ways to install an engine. */
export const ENGINE_SOURCES: readonly EngineSource[] = ENGINE_KINDS.flatMap(({ sources }) => sources);

/** @throws Problem `engine-invalid`: it was installed by a version that has other kinds */
export function engineKindNamed(name: string): EngineKind {
  return named(ENGINE_KINDS, name, { what: 'kind of engine', code: 'engine-invalid' });
}

/** Null for a kind that only another version of the program has. */
export function engineKind(name: string): EngineKind | null {
  return ENGINE_KINDS.find((kind) => kind.name === name) ?? null;
}

/** For people. Of a kind that only another version of the program has, its name: it is listed all the same. */
export function engineTitle(name: string): string {
  return engineKind(name)?.title ?? name;
}

/** @throws Problem `usage` with the names that there are */
export function engineSourceNamed(name: string): EngineSource {
  return named(ENGINE_SOURCES, name, { what: 'engine to install', code: 'usage' });
}
