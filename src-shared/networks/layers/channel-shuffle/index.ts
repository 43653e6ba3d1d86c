import type { LayerCommon } from '../../layer.ts';
import { defineLayer } from '../define-layer.ts';

/** ShuffleNet's permutation: channels seen as [groups, c / groups] are transposed. */
export interface ChannelShuffleLayer extends LayerCommon {
  readonly kind: 'channel shuffle';
  readonly groups: number;
}

export const channelShuffle = defineLayer<ChannelShuffleLayer, { readonly groups: number }>({
  kind: 'channel shuffle',
  plan: ({ groups }, { input }) => ({ groups, output: input }),
  compute: ({ groups }, [x], { operations }) => operations.shuffleChannels(x, groups),
  onnx({ name, groups, output: [height, width, channels] }, [x], { onnx }) {
    const grouped = onnx.integers(`${name}/groups`, [0, groups, channels / groups, height, width]);
    const flat = onnx.integers(`${name}/channels`, [0, channels, height, width]);
    const split = onnx.node('Reshape', [x, grouped], `${name}/split`);
    const permutation = { perm: { integers: [0, 2, 1, 3, 4] } };
    const transposed = onnx.node('Transpose', [split], `${name}/transposed`, permutation);
    return onnx.node('Reshape', [transposed, flat], name);
  },
  step: ({ groups }) => ({ does: 'shuffle', groups }),
  words: ({ groups }) => `shuffle, ${groups} groups`,
});
