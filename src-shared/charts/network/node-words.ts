import { shortCount } from '../../numbers.ts';
import { counted } from '../../counted.ts';
import type { DrawnBlock, DrawnLayer } from '../../networks/lay-out-network.ts';
import { operationWords, shapeWords } from '../../networks/layer-words.ts';
import { BOLD, textWidth } from '../text-width.ts';

/** What stands on a node: its name and what it does, below that its output and its cost. */
export interface NodeWords {
  readonly title: string;
  readonly operation: string;
  readonly output: string;
  /** Parameters and multiply-accumulates; empty without either. */
  readonly cost: string;
}

/** Font sizes of both lines. */
export const TITLE_SIZE = 12;
export const DETAIL_SIZE = 11;
/** From the words to the node's sides, and between words. */
export const PADDING = 9;
const GAP = 12;

export function layerNodeWords({ layer, cost }: DrawnLayer): NodeWords {
  const { module, name } = layer;
  const title = module !== null && name.startsWith(`${module}/`) ? name.slice(module.length + 1) : name;
  const operation = operationWords(layer);
  return {
    title,
    operation: operation === title ? '' : operation,
    output: shapeWords(layer.output),
    cost: costWords(cost),
  };
}

export function moduleNodeWords(block: DrawnBlock): NodeWords {
  return {
    title: block.name,
    operation: counted(block.layers.length, 'layer'),
    output: shapeWords(block.output),
    cost: costWords(block),
  };
}

/** Of a branch that only hands its input on. */
export const BYPASS_WORDS: NodeWords = { title: 'bypass', operation: '', output: '', cost: '' };

function costWords({ parameters, macs }: { readonly parameters: number; readonly macs: number }): string {
  return [parameters, macs]
    .filter((count) => count > 0)
    .map(shortCount)
    .join(' · ');
}

/** The room that words take on a node. */
export function wordsWidth({ title, operation, output, cost }: NodeWords): number {
  const head = BOLD * textWidth(title, TITLE_SIZE) + gapped(operation);
  return Math.max(head, textWidth(output, DETAIL_SIZE) + gapped(cost)) + 2 * PADDING;
}

function gapped(words: string): number {
  return words === '' ? 0 : GAP + textWidth(words, DETAIL_SIZE);
}
