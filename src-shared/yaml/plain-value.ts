import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { whole } from '../numbers.ts';
import type { Path } from '../mistakes/mistake.ts';
import { shorten } from '../mistakes/show-value.ts';
import { isMergeKey } from './merge-key.ts';
import type { OffsetMistake } from './offset-mistake.ts';

/** Nodes inside each other, counting what aliases stand for. */
const DEEPEST = 64;
/** Anchors that a mistake names. */
const MOST_ANCHORS = 10;
const PLAIN_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * The plain data of a YAML node: null, booleans, numbers, texts, lists and objects. Anchors are looked up in the order
 * of the text, so that an alias means the nearest anchor before it.
 *
 * @param most values that aliases may make of it
 */
export function plainValue(contents: Node, most: number): PlainValue {
  const reader = new Reader(most);
  const value = reader.read(contents, [], contents);
  return { value, mistakes: reader.mistakes, targets: reader.targets };
}

export interface PlainValue {
  readonly value: unknown;
  readonly mistakes: readonly OffsetMistake[];
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

class Reader {
  readonly mistakes: OffsetMistake[] = [];
  /** Not by name, since anchors of the same name may follow. */
  readonly targets = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Node>();
  /** Anchored nodes whose content is being read: an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  readonly #most: number;
  #values = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param place what a mistake points at: the alias in the file, where the node is what it stands for */
  read(node: unknown, path: Path, place: Node): unknown {
    if (node === null || node === undefined) return null;
    if (this.#values > this.#most) return null;
    this.#values += 1;
    if (this.#values > this.#most) {
      const most = whole(this.#most);
      this.#refuse(path, place, `aliases make more than ${most} values of this file.`);
      return null;
    }
    if (isAlias(node)) return this.#readAlias(node, path, place);
    if (!isNode(node)) return null;
    if (isForeign(node)) {
      this.#refuse(path, place, `the tag ${shorten(node.tag ?? '')} is unknown; write a plain value.`);
      return null;
    }
    // Within what an alias stands for anchors have been seen already.
    if (node === place) this.#note(node);
    this.#open.add(node);
    const value = this.#readContent(node, path, place);
    this.#open.delete(node);
    return value;
  }

  #note(node: Node): void {
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node);
  }

  #readContent(node: Node, path: Path, place: Node): unknown {
    if (isScalar(node)) return node.value ?? null;
    if (isSeq(node))
      return node.items.map((item, index) => this.#readPart(item, [...path, index], node, place));
    if (isMap(node)) return this.#readMap(node, path, place);
    return null;
  }

  /** A part of a node: itself the place of its mistakes, unless an alias brought it here. */
  #readPart(part: unknown, path: Path, node: Node, place: Node): unknown {
    return this.read(part, path, node === place && isNode(part) ? part : place);
  }

  #readMap(map: YAMLMap, path: Path, place: Node): unknown {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    for (const pair of map.items) {
      if (!isPair(pair)) continue;
      if (isMergeKey(pair.key)) this.#merge(pair, path, map, place, merged);
      else this.#readPair(pair, path, map, place, own);
    }
    // the map's own entries go before those that it takes over; unlike assignments, entries know no `__proto__`
    return Object.fromEntries([...merged, ...own]);
  }

  #readPair({ key, value }: Pair, path: Path, map: YAMLMap, place: Node, own: Map<string, unknown>): void {
    const at = map === place && isNode(key) ? key : place;
    if (at === key) this.#note(at);
    const name = keyName(key);
    if (name === null || name === '__proto__') {
      this.#refuse(
        path,
        at,
        name === null ? 'a key must be a word or a number.' : `${name} is not allowed as a key.`,
      );
    } else if (own.has(name)) {
      this.#refuse([...path, name], at, 'this key is a duplicate; remove one of the two.');
    } else {
      own.set(name, this.#readPart(value, [...path, name], map, place));
    }
  }

  /** The entries of a map, or of several in a list, of which the first counts most. */
  #merge({ value }: Pair, path: Path, map: YAMLMap, place: Node, merged: Map<string, unknown>): void {
    const at = map === place && isNode(value) ? value : place;
    const read = this.read(value, path, at);
    const sources: readonly unknown[] = Array.isArray(read) ? read : [read];
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        this.#refuse(
          path,
          at,
          '<< merges the entries of a map: write an alias of a map, such as << : *base.',
        );
        return;
      }
      for (const [name, entry] of Object.entries(source)) if (!merged.has(name)) merged.set(name, entry);
    }
  }

  #readAlias(alias: Alias, path: Path, place: Node): unknown {
    const target = this.targets.get(alias) ?? this.#anchors.get(alias.source);
    if (!target) {
      this.#refuse(path, place, `*${shorten(alias.source)} is not defined: ${this.#knownAnchors()}.`);
      return null;
    }
    this.targets.set(alias, target);
    if (this.#open.has(target)) {
      this.#refuse(
        path,
        place,
        `*${shorten(alias.source)} is inside the value that it refers to, so it would never end.`,
      );
      return null;
    }
    if (this.#open.size > DEEPEST) {
      this.#refuse(path, place, 'aliases are nested too deeply.');
      return null;
    }
    return this.read(target, path, place);
  }

  #knownAnchors(): string {
    const { size } = this.#anchors;
    if (size === 0) return 'there is no anchor before it';
    const names: string[] = [];
    for (const name of this.#anchors.keys()) {
      if (names.length === MOST_ANCHORS) break;
      names.push(`&${shorten(name)}`);
    }
    const more = size > names.length ? ` and ${size - names.length} more` : '';
    return `the anchors before it are ${names.join(', ')}${more}`;
  }

  #refuse(path: Path, place: Node, message: string): void {
    this.mistakes.push({ path, value: undefined, message, offset: place.range?.[0] ?? 0 });
  }
}

/** Whether a tag makes more of a node than plain data (bytes, dates, sets, ordered maps), or something unknown. */
function isForeign({ tag }: Node): boolean {
  return tag !== undefined && !PLAIN_TAGS.has(tag);
}

/** Null for a key that is no scalar. */
export function keyName(key: unknown): string | null {
  if (key === null) return '';
  if (!isScalar(key)) return null;
  const { value } = key;
  if (value === null) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
