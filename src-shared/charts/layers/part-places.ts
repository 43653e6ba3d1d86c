import { familyNames } from '../../networks/families.ts';
import { modulePlaces } from '../../networks/module-places.ts';
import { parseNetwork, resolveNetwork } from '../../networks/parse-network.ts';
import { COLOURS } from '../palette.ts';
import { partsInOrder } from './cell-modules.ts';

/**
 * The place of each part among colours and symbols: in every figure the one that it has in the published networks of all families, so that
 * networks of several families can be compared side by side. What these do not have, or two parts of one figure would share, takes the first
 * place that is free.
 *
 * @param byColour whether colours alone tell the parts: as far as there are enough, none is shared
 */
export function partPlaces(parts: readonly string[], byColour: boolean): number[] {
  const known = (ofPublished ??= publishedPlaces());
  const isOne = byColour && parts.length <= COLOURS;
  const places = new Map<string, number>();
  const taken = new Set<number>();
  const take = (part: string, place: number): void => {
    places.set(part, place);
    taken.add(isOne ? place % COLOURS : place);
  };
  const isFree = (place: number): boolean => !taken.has(isOne ? place % COLOURS : place);
  for (const part of parts) {
    const place = known.get(part);
    if (place !== undefined && isFree(place)) take(part, place);
  }
  for (const part of parts) if (!places.has(part)) take(part, firstWhere(isFree));
  return parts.map((part) => places.get(part) ?? 0);
}

let ofPublished: ReadonlyMap<string, number> | null = null;

/** Images as the published networks have them. */
const IMAGES = { input: [224, 224, 3], classes: 1000 } as const;

/** No two parts of one family share a place. */
function publishedPlaces(): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const family of familyNames) {
    const graph = resolveNetwork(parseNetwork({ family }), IMAGES);
    const roles = new Map(graph.layers.map(({ name, role }) => [name, role]));
    const parts = partsInOrder([...roles.keys()], modulePlaces(graph), roles);
    const taken = new Set(parts.flatMap((part) => places.get(part) ?? []));
    for (const part of parts) {
      if (places.has(part)) continue;
      const place = firstWhere((each) => !taken.has(each));
      places.set(part, place);
      taken.add(place);
    }
  }
  return places;
}

function firstWhere(isFree: (place: number) => boolean): number {
  let place = 0;
  while (!isFree(place)) place++;
  return place;
}
