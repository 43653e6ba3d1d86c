import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { measureField } from '../../fields.ts';

export const channelsChart = defineChart({
  name: 'channels',
  title: 'Channels of a layer',
  about: 'a measure of each channel of a layer of one run, in descending order',
  basis: 'analyses',
  example: '--runs k3f9a2qz --layer fire2/squeeze',
  fields: {
    measure: measureField('channel-lesion/loss-added'),
    layer: chartField(z.string().min(1), { title: 'Layer', about: 'e.g. fire2/squeeze', value: 'name' }),
  },
  finding: ({ measure }) => measure,
  scopes: ['channel'],
  begin: () => ({ layer: 'fire2/squeeze' }),
  load: () => import('./chart.ts'),
});
