import * as dagre from '@dagrejs/dagre';

/** What we use of dagre, whose own types cannot be resolved by Node's rules. Lengths are in any one unit. */
export interface DagreGraph {
  setGraph(options: {
    readonly rankdir: 'TB';
    readonly nodesep: number;
    readonly edgesep: number;
    readonly ranksep: number;
  }): void;
  setNode(id: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string, label: { weight: number }): void;
  /** After the layout. */
  graph(): { readonly width?: number };
  /** The middle of a box. */
  node(id: string): DagrePoint;
  edge(from: string, to: string): { readonly points?: readonly DagrePoint[] };
}

export interface DagrePoint {
  readonly x: number;
  readonly y: number;
}

interface Dagre {
  readonly Graph: new () => DagreGraph;
  readonly layout: (graph: DagreGraph) => void;
}

export const { Graph, layout } = dagre as unknown as Dagre;
