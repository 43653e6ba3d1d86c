import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { lineField, measureField, rolesField } from '../../fields.ts';

export const evolutionChart = defineChart({
  name: 'evolution',
  title: 'Evolution over the modules',
  about: 'a measure of the layers from module to module, one series per role',
  basis: 'analyses',
  fields: {
    measure: measureField('clusters/cross-entropy'),
    roles: rolesField,
    line: chartField(z.string().nullable().default(null), {
      ...{ ...lineField, about: 'a series per role for each value of this setting', none: 'cell' },
    }),
    baselines: chartField(z.boolean().default(true), {
      ...{ title: 'Baselines', about: 'omit the baselines, such as the untrained network' },
    }),
  },
  finding: ({ measure }) => measure,
  scopes: ['layer', 'channel'],
  ofLayers: 'all cells',
  hasSeriesOfCells: ({ line }) => line === null,
  begin: ([line = null]) => ({ line }),
  load: () => import('./chart.ts'),
});
