import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { lineField, rolesField } from '../../fields.ts';

export const informationPlaneChart = defineChart({
  name: 'information plane',
  title: 'Information plane',
  about: 'mutual information of the layers with the class against that with the input, joined by depth',
  basis: 'analyses',
  fields: {
    roles: rolesField,
    line: chartField(z.string().nullable().default(null), {
      ...{ ...lineField, about: 'one path per value of this setting', none: 'cell' },
    }),
    baselines: chartField(z.boolean().default(true), {
      ...{ title: 'Baselines', about: 'omit the untrained network and the shuffled inputs and labels' },
    }),
  },
  finding: () => 'mutual-information',
  ofLayers: 'all cells',
  hasSeriesOfCells: ({ line }) => line === null,
  begin: ([line = null]) => ({ line }),
  load: () => import('./chart.ts'),
});
