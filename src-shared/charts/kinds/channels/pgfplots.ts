import { fixed } from '../../../numbers.ts';
import type { ChannelsData } from './data.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { thinLabels } from '../../thin-labels.ts';
import { axisOptions, inlineTable, namedTicks, type PgfAxis } from '../../latex/pgf-document.ts';

/** A bar for each channel, the greatest first, with the interval of its number where there is one. */
export function channelsAxis({ quantity, channels }: ChannelsData, style: ChartStyle): PgfAxis {
  const room = style.width / Math.max(1, channels.length);
  const rows = channels.map(({ value, interval }, at) =>
    [
      ...[at, value],
      ...[
        value !== null && interval ? value - interval[0] : 0,
        value !== null && interval ? interval[1] - value : 0,
      ],
    ].map((number, column) => (column === 0 || number === null ? number : number * quantity.scale)),
  );
  const labels = thinLabels(
    channels.map(({ channel }) => `${channel}`),
    room,
    style.fontSize,
  );
  const ticks = labels.flatMap((label, at) => (label === '' ? [] : [{ at, label }]));
  return {
    options: [
      ...axisOptions(style, 'channel', quantity.axis),
      ...namedTicks('x', ticks),
      'x tick label style={rotate=90, anchor=east}',
      `ybar, bar width=${fixed(0.7 * room, 2)}pt`,
      `xmin=-0.5, xmax=${channels.length - 0.5}`,
      'ymajorgrids',
    ],
    body: [
      `\\addplot[fill=line0, draw=black, error bars/.cd, y dir=both, y explicit] ${inlineTable('x=x, y=y, y error minus=below, y error plus=above', ['x', 'y', 'below', 'above'], rows)};`,
    ],
  };
}
