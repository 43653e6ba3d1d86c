import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { BitReader } from './bit-reader.ts';
import type { BitWriter } from './bit-writer.ts';

interface Node {
  readonly count: number;
  /** Symbols below this node. */
  readonly symbols: readonly number[];
}

/** How often each of `alphabet` symbols occurs. */
export function countSymbols(symbols: Uint8Array, alphabet: number): Uint32Array {
  const counts = new Uint32Array(alphabet);
  for (const symbol of symbols) counts[symbol] = (counts[symbol] ?? 0) + 1;
  return counts;
}

/**
 * Bits of each symbol in a Huffman code (Huffman 1952): no code that gives each symbol bits of its own is shorter in
 * sum. 0 for a symbol that does not occur; a symbol that is alone takes one bit.
 */
export function huffmanLengths(counts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const leaves = [...counts]
    .map((count, symbol): Node => ({ count, symbols: [symbol] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count);
  const [alone] = leaves;
  if (leaves.length === 1 && alone !== undefined) lengths[alone.symbols[0] ?? 0] = 1;
  // Van Leeuwen's two queues: joined nodes come in ascending order, so that the least is at one of two heads.
  const joined: Node[] = [];
  const least = (): Node | undefined => {
    const [leaf, node] = [leaves[0], joined[0]];
    return leaf !== undefined && (node === undefined || leaf.count <= node.count)
      ? leaves.shift()
      : joined.shift();
  };
  while (leaves.length + joined.length > 1) {
    const [first, second] = [least(), least()];
    if (first === undefined || second === undefined) break;
    const symbols = [...first.symbols, ...second.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    joined.push({ count: first.count + second.count, symbols });
  }
  return lengths;
}

/** Bits that the symbols take in the Huffman code of their counts, without the table. */
export function huffmanBits(counts: Uint32Array): number {
  const lengths = huffmanLengths(counts);
  return counts.reduce((sum, count, symbol) => sum + count * (lengths[symbol] ?? 0), 0);
}

/**
 * The canonical code of the given lengths: shorter words first, those of one length in the order of their symbols, so
 * that the lengths are all that a reader needs.
 */
export function canonicalWords(lengths: Uint8Array): number[] {
  const words = new Array<number>(lengths.length).fill(0);
  let word = 0;
  let before = 0;
  for (const symbol of canonicalOrder(lengths)) {
    const length = lengths[symbol] ?? 0;
    word *= 2 ** (length - before);
    words[symbol] = word;
    word += 1;
    before = length;
  }
  return words;
}

export function writeHuffman(writer: BitWriter, symbols: Uint8Array, lengths: Uint8Array): void {
  const words = canonicalWords(lengths);
  for (const symbol of symbols) writer.write(words[symbol] ?? 0, lengths[symbol] ?? 0);
}

/**
 * Reads as many symbols as were written.
 * @throws Problem `data-invalid` for bits that are no word of the code
 */
export function readHuffman(reader: BitReader, count: number, lengths: Uint8Array): Uint8Array {
  const order = canonicalOrder(lengths);
  const longest = Math.max(0, ...lengths);
  const perLength = countSymbols(lengths, longest + 1);
  const symbols = new Uint8Array(count);
  for (let place = 0; place < count; place++) {
    let word = 0;
    let first = 0;
    let passed = 0;
    let length = 0;
    for (;;) {
      length += 1;
      if (length > longest)
        throw new Problem('data-invalid', 'The compressed weights contain bits that are not a code word.');
      word = word * 2 + reader.bit();
      first *= 2;
      const here = perLength[length] ?? 0;
      if (word - first < here) break;
      first += here;
      passed += here;
    }
    symbols[place] = order[passed + word - first] ?? 0;
  }
  return symbols;
}

/** Symbols that have a word, by its length, then by number. */
function canonicalOrder(lengths: Uint8Array): number[] {
  return [...lengths.keys()]
    .filter((symbol) => (lengths[symbol] ?? 0) > 0)
    .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
}
