import { isAlias, isMap, isNode, isPair, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../mistakes/mistake.ts';
import { isMergeKey } from './merge-key.ts';
import { keyName } from './plain-value.ts';

/** Where a key or an item begins; `node` is what it holds. */
interface Place {
  readonly offset: number | null;
  readonly node: unknown;
}

/**
 * The first character of what stands at a path: of the key in a map, of the item in a list. Of the longest part of the
 * path that there is; null where there is none of it.
 *
 * @param targets what each alias stands for
 */
export function keyOffset(contents: Node, path: Path, targets: ReadonlyMap<Alias, Node>): number | null {
  let place: Place = { offset: null, node: contents };
  for (const key of path) {
    const next = placeIn(resolved(place.node, targets), key, targets);
    if (next === null) break;
    place = { ...next, offset: next.offset ?? place.offset };
  }
  return place.offset;
}

function placeIn(node: unknown, key: PropertyKey, targets: ReadonlyMap<Alias, Node>): Place | null {
  if (isSeq(node)) {
    const item = typeof key === 'number' ? node.items[key] : undefined;
    return item === undefined ? null : { offset: start(item), node: item };
  }
  return isMap(node) ? placeOfKey(node, String(key), targets) : null;
}

/** The map's own keys go before those that it takes over by `<<`. */
function placeOfKey(map: YAMLMap, key: string, targets: ReadonlyMap<Alias, Node>): Place | null {
  const pairs: readonly Pair[] = map.items.filter((item) => isPair(item));
  const own = pairs.findLast((pair) => !isMergeKey(pair.key) && keyName(pair.key) === key);
  if (own) return { offset: start(own.key), node: own.value };
  for (const { value } of pairs.filter((pair) => isMergeKey(pair.key))) {
    const merged = resolved(value, targets);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const found = placeIn(resolved(source, targets), key, targets);
      if (found) return found;
    }
  }
  return null;
}

function resolved(node: unknown, targets: ReadonlyMap<Alias, Node>): unknown {
  return isAlias(node) ? (targets.get(node) ?? null) : node;
}

function start(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
