import type { Replacement } from './replacement.ts';
import { withChannelReplaced } from './replacements.ts';
import type { Change } from './score-changes.ts';

/**
 * The network with one channel of a layer's output replaced.
 * @param means of the layer's channels
 */
export function channelLesion(
  layer: string,
  channel: number,
  replacement: Replacement,
  means: ArrayLike<number>,
): Change {
  return {
    layers: [layer],
    replace: (intact, firstImage) => {
      const output = intact.get(layer);
      if (output === undefined) throw new Error(`no output of ${layer}`);
      return new Map([[layer, withChannelReplaced(output, channel, replacement, means, firstImage)]]);
    },
  };
}
