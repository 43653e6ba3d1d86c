import { shortCount, whole } from '../../src-shared/numbers.ts';
import type { LayerCost } from '../../src-shared/networks/costs.ts';
import type { Layer, Shape } from '../../src-shared/networks/graph.ts';

/** `55×55×128`; a vector is only its length. */
export function shapeWords([height, width, channels]: Shape): string {
  return height === 1 && width === 1 ? String(channels) : `${height}×${width}×${channels}`;
}

/** Kernel and stride, or what the layer does instead: `3×3 / 2, 3 groups`. */
export function operationWords(layer: Layer): string {
  switch (layer.kind) {
    case 'convolution':
      return `${layer.kernel.join('×')}${stride(layer.stride)}${layer.groups > 1 ? `, ${layer.groups} groups` : ''}`;
    case 'depthwise':
      return `${layer.kernel.join('×')}${stride(layer.stride)} depthwise`;
    case 'pool':
      return `${layer.operation} ${layer.size}×${layer.size}${stride(layer.stride)}`;
    case 'dropout':
      return `rate ${layer.rate}`;
    case 'channel shuffle':
      return `shuffle, ${layer.groups} groups`;
    case 'global average pool':
      return 'average of all';
    case 'local response normalization':
      return `across ${2 * layer.depthRadius + 1} channels`;
    case 'dense':
    case 'input':
    case 'addition':
    case 'concatenation':
      return layer.kind;
  }
}

/** All of a layer in one line. */
export function layerWords(layer: Layer, cost: LayerCost): string {
  const words = [layer.role, operationWords(layer), `output ${shapeWords(layer.output)}`];
  if (cost.parameters > 0) words.push(`${whole(cost.parameters)} parameters`);
  if (cost.macs > 0) words.push(`${shortCount(cost.macs)} MACs`);
  words.push(`receptive field ${cost.receptiveField} px`);
  return words.filter((word, index) => words.indexOf(word) === index).join(', ');
}

function stride(by: number): string {
  return by === 1 ? '' : ` / ${by}`;
}
