import type { ChartTable } from '../../chart-table.ts';
import type { ChannelsData } from './data.ts';

/** One row for each channel. */
export function channelsTable({ quantity, channels }: ChannelsData): ChartTable {
  const names = [...new Set(channels.flatMap(({ baselines }) => Object.keys(baselines)))];
  return {
    columns: ['channel', quantity.title, 'low', 'high', ...names],
    rows: channels.map(({ channel, value, interval, baselines }) => [
      ...[channel, value, interval?.[0] ?? null, interval?.[1] ?? null],
      ...names.map((name) => baselines[name] ?? null),
    ]),
  };
}
