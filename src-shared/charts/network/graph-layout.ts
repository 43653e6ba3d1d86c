import type { Branch } from '../../networks/branches.ts';
import type { DrawnBlock, DrawnLayer } from '../../networks/lay-out-network.ts';
import type { Curve } from './curve.ts';
import type { NodeWords } from './node-words.ts';

/** Which of two networks that stand side by side; the left one, where there is only one. */
export type Side = 'left' | 'right';

/** A network to be drawn as a graph. */
export interface GraphSubject {
  /** What it is. */
  readonly title: string;
  readonly blocks: readonly DrawnBlock[];
  readonly branches: readonly Branch[];
}

/** Blocks that stand on one level. */
export interface GraphRow {
  readonly left: DrawnBlock | null;
  readonly right: DrawnBlock | null;
}

/** A box of a drawing. */
export interface GraphNode {
  /** Of its side and name. */
  readonly id: string;
  readonly side: Side;
  /** As methods of analysis call it. */
  readonly name: string;
  /** A `bypass` is a branch without a layer of its own. */
  readonly kind: 'layer' | 'bypass' | 'module';
  readonly block: DrawnBlock;
  /** Of a layer. */
  readonly drawn: DrawnLayer | null;
  /** Whether a module shows its layers, which then stand below its words. */
  readonly isOpen: boolean;
  readonly words: NodeWords;
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line from the lower edge of one node to the upper edge of another, or from the edge of a module to what is in it. */
export interface GraphEdge {
  readonly side: Side;
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly curve: Curve;
}

/** The name of one of two networks, above each of its columns. */
export interface GraphTitle {
  readonly text: string;
  readonly x: number;
  /** Of the middle of the line. */
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** None of a network that stands alone. */
  readonly titles: readonly GraphTitle[];
  /** In the order of the networks; a module comes before its layers. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function nodeId(side: Side, name: string): string {
  return `${side} ${name}`;
}
