import { shortCount, whole } from '../numbers.ts';
import type { LayerCost } from './costs.ts';
import type { Shape } from './layer.ts';
import { kindOf, type Layer } from './layers/layer-kinds.ts';

/** `55×55×128`; a vector is only its length. */
export function shapeWords([height, width, channels]: Shape): string {
  return height === 1 && width === 1 ? String(channels) : `${height}×${width}×${channels}`;
}

/** Kernel and stride, or what the layer does instead: `3×3 / 2, 3 groups`. */
export function operationWords(layer: Layer): string {
  return kindOf(layer).words(layer);
}

/** All of a layer in one line. */
export function layerWords(layer: Layer, cost: LayerCost): string {
  const words = [layer.role, operationWords(layer), `output ${shapeWords(layer.output)}`];
  if (cost.parameters > 0) words.push(`${whole(cost.parameters)} parameters`);
  if (cost.macs > 0) words.push(`${shortCount(cost.macs)} MACs`);
  words.push(`receptive field ${cost.receptiveField} px`);
  return words.filter((word, index) => words.indexOf(word) === index).join(', ');
}
