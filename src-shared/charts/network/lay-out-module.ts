import type { Branch } from '../../networks/branches.ts';
import type { DrawnBlock, DrawnLayer } from '../../networks/lay-out-network.ts';
import { type Arrangement, arrangeBoxes, type Box, type Link } from './arrange-boxes.ts';
import { type Curve, type Point, smoothCurve } from './curve.ts';
import type { GraphNode } from './graph-layout.ts';
import { BYPASS_WORDS, layerNodeWords, moduleNodeWords, wordsWidth } from './node-words.ts';

/** A box within a block, from the block's upper left corner. */
export type PlacedNode = Omit<GraphNode, 'id' | 'side' | 'block'>;

/** Where lines cross the upper or lower edge of a block: by the layer whose output they carry. */
export type Ports = ReadonlyMap<string, number>;

export interface PlacedBlock {
  readonly width: number;
  readonly height: number;
  readonly entries: Ports;
  readonly exits: Ports;
  readonly nodes: readonly PlacedNode[];
  /** Between nodes by their names; the block itself is called by its own name. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly curve: Curve }[];
}

export interface BlockSite {
  /** Of all boxes. */
  readonly nodeWidth: number;
  readonly isOpen: boolean;
  /** Of the whole network. */
  readonly branches: readonly Branch[];
  /** Names of layers that others than the block's own read. */
  readonly readOutside: ReadonlySet<string>;
}

const NODE_HEIGHT = 40;
/** Of a closed module, with room for the colours of its layers. */
const MODULE_HEIGHT = 52;
const BYPASS_HEIGHT = 22;
/** Of the words of an open module. */
const HEAD_HEIGHT = 28;
/** Between the edge of an open module and its boxes. */
const MARGIN = 12;
const ABOVE = 18;

export function isModule({ layers }: DrawnBlock): boolean {
  return layers[0]?.layer.module != null;
}

/** A block as one box, or its layers from top to bottom where it is open. */
export function layOutBlock(block: DrawnBlock, site: BlockSite): PlacedBlock {
  return site.isOpen && isModule(block) ? openModule(block, site) : oneBox(block, site);
}

function oneBox(block: DrawnBlock, { nodeWidth: width, readOutside }: BlockSite): PlacedBlock {
  const [only] = block.layers;
  const height = isModule(block) ? MODULE_HEIGHT : NODE_HEIGHT;
  const box = { name: block.name, isOpen: false, x: 0, y: 0, width, height };
  const node: PlacedNode =
    isModule(block) || only === undefined
      ? { ...box, kind: 'module', drawn: null, words: moduleNodeWords(block) }
      : { ...box, kind: 'layer', drawn: only, words: layerNodeWords(only) };
  const middle = (names: readonly string[]): Ports => new Map(names.map((name) => [name, width / 2]));
  return {
    ...{ width, height, nodes: [node], edges: [] },
    entries: middle(readsOf(block)),
    exits: middle(leavingOf(block, readOutside)),
  };
}

/** What is arranged within a module: its layers, what only hands on, and where lines enter and leave. */
interface Part extends Box {
  readonly kind: 'layer' | 'bypass' | 'entry' | 'exit';
  readonly name: string;
  readonly drawn: DrawnLayer | null;
}

function openModule(block: DrawnBlock, site: BlockSite): PlacedBlock {
  const { parts, links } = partsOf(block, site);
  const arranged = arrangeBoxes(parts, links);
  const boxes = parts.filter(({ kind }) => kind === 'layer' || kind === 'bypass');
  const topOf = ({ id, height }: Box): number => (arranged.middles.get(id)?.[1] ?? 0) - height / 2;
  const down = HEAD_HEIGHT + ABOVE - Math.min(...boxes.map(topOf));
  const height = Math.max(...boxes.map((box) => topOf(box) + box.height)) + down + ABOVE;
  const width = Math.max(arranged.width + 2 * MARGIN, wordsWidth(moduleNodeWords(block)));
  const isMirrored = isTurned(block, parts, arranged);
  const placed = ([x, y]: Point): Point => [
    width / 2 + (isMirrored ? -1 : 1) * (x - arranged.width / 2),
    y + down,
  ];
  const middleOf = (part: Box): Point => placed(arranged.middles.get(part.id) ?? [0, 0]);
  const nodes = boxes.map((part): PlacedNode => {
    const [x, y] = middleOf(part);
    const { name, kind, drawn, width: wide, height: high } = part;
    return {
      ...{ name, kind: kind === 'layer' ? 'layer' : 'bypass', drawn, isOpen: false },
      words: drawn ? layerNodeWords(drawn) : BYPASS_WORDS,
      ...{ x: x - wide / 2, y: y - high / 2, width: wide, height: high },
    };
  });
  const byId = new Map(parts.map((part) => [part.id, part]));
  const edges = links.flatMap(({ from, to }, at) => {
    const [giver, reader] = [byId.get(from), byId.get(to)];
    if (!giver || !reader) return [];
    const [startX, startY] = middleOf(giver);
    const [endX, endY] = middleOf(reader);
    const start: Point[] =
      giver.kind === 'entry'
        ? [
            [startX, 0],
            [startX, HEAD_HEIGHT],
          ]
        : [[startX, startY + giver.height / 2]];
    const end: Point = [endX, reader.kind === 'exit' ? height : endY - reader.height / 2];
    const passes = (arranged.passes[at] ?? []).map(placed);
    const nameOf = ({ kind, name }: Part): string =>
      kind === 'entry' || kind === 'exit' ? block.name : name;
    return [{ from: nameOf(giver), to: nameOf(reader), curve: smoothCurve([...start, ...passes, end]) }];
  });
  const portsOf = (wanted: Part['kind']): Ports =>
    new Map(parts.filter(({ kind }) => kind === wanted).map((part) => [part.name, middleOf(part)[0]]));
  const whole: PlacedNode = {
    ...{ name: block.name, kind: 'module', drawn: null, isOpen: true, words: moduleNodeWords(block) },
    ...{ x: 0, y: 0, width, height },
  };
  return {
    width,
    height,
    nodes: [whole, ...nodes],
    edges,
    entries: portsOf('entry'),
    exits: portsOf('exit'),
  };
}

/** Each bypass comes before the layer in which it meets the others. */
function partsOf(
  block: DrawnBlock,
  { nodeWidth, branches, readOutside }: BlockSite,
): { readonly parts: readonly Part[]; readonly links: readonly Link[] } {
  const own = new Set(block.layers.map(({ layer }) => layer.name));
  const part = (kind: Part['kind'], name: string, id: string, more: Partial<Part> = {}): Part => ({
    ...{ kind, name, id, drawn: null, width: 1, height: 1, ...more },
  });
  const parts = readsOf(block).map((source) => part('entry', source, entryOf(source)));
  const links: Link[] = [];
  for (const drawn of block.layers) {
    const { name, inputs } = drawn.layer;
    for (const [place, source] of inputs.entries()) {
      const from = own.has(source) ? source : entryOf(source);
      const bypass = branches.find(
        (branch) => branch.merge === name && branch.place === place && branch.layers.length === 0,
      );
      if (bypass === undefined) {
        links.push({ from, to: name, weight: 2 });
        continue;
      }
      const id = `bypass\n${name}\n${place}`;
      const size = { width: wordsWidth(BYPASS_WORDS), height: BYPASS_HEIGHT };
      parts.push(part('bypass', bypass.name, id, size));
      links.push({ from, to: id, weight: 1 }, { from: id, to: name, weight: 1 });
    }
    parts.push(part('layer', name, name, { drawn, width: nodeWidth, height: NODE_HEIGHT }));
  }
  for (const name of leavingOf(block, readOutside)) {
    parts.push(part('exit', name, `exit\n${name}`));
    links.push({ from: name, to: `exit\n${name}`, weight: 2 });
  }
  return { parts, links };
}

/** Whether the branches that meet first lie the other way round than they are read, or what hands on lies at the left. */
function isTurned(block: DrawnBlock, parts: readonly Part[], { middles, width }: Arrangement): boolean {
  for (const { layer } of block.layers) {
    const [first, second] = layer.inputs.map((input) => middles.get(input)?.[0]);
    if (first !== undefined && second !== undefined && first !== second) return first > second;
  }
  const bypass = parts.find(({ kind }) => kind === 'bypass');
  return bypass !== undefined && (middles.get(bypass.id)?.[0] ?? 0) < width / 2;
}

/** The layers outside that a block reads. */
export function readsOf({ layers }: DrawnBlock): string[] {
  const own = new Set(layers.map(({ layer }) => layer.name));
  return [...new Set(layers.flatMap(({ layer }) => layer.inputs.filter((input) => !own.has(input))))];
}

function leavingOf({ layers }: DrawnBlock, readOutside: ReadonlySet<string>): string[] {
  return layers.flatMap(({ layer }) => (readOutside.has(layer.name) ? [layer.name] : []));
}

function entryOf(source: string): string {
  return `entry\n${source}`;
}
