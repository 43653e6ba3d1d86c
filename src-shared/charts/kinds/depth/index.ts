import { z } from 'zod';
import { LAYER_SCOPES } from '../../../analysis/result-scope.ts';
import { defineChart, chartField } from '../../chart-kind.ts';
import { lineField, measureField, rolesField } from '../../fields.ts';

export const depthChart = defineChart({
  name: 'depth',
  title: 'Depth profile',
  about: 'a measure of the layers against depth, or (`--x`) against a setting, one series per layer',
  basis: 'analyses',
  fields: {
    measure: measureField('probe/cross-entropy'),
    roles: rolesField,
    /** Null for the layers in their order. */
    x: chartField(z.string().nullable().default(null), {
      ...{ title: 'x axis', about: 'this setting on the x axis instead of depth, one series per layer' },
      ...{ value: 'setting', choices: 'settings', none: 'depth' },
    }),
    line: chartField(z.string().nullable().default(null), {
      ...lineField,
      none: ({ x }) => (x === null ? 'cell' : 'layer'),
      matters: ({ x }) => x === null,
    }),
    baselines: chartField(z.boolean().default(true), {
      ...{ title: 'Baselines', about: 'omit the baselines, such as the untrained network' },
      matters: ({ x }) => x === null,
    }),
  },
  finding: ({ measure }) => measure,
  scopes: LAYER_SCOPES,
  ofLayers: 'all cells',
  hasSeriesOfCells: ({ x, line }) => x === null && line === null,
  begin: ([line = null]) => ({ line }),
  // a number of the whole network stands along a setting; with a measure of layers the setting gives the lines again
  amend: (before, after, { varying, scopeOf }) => {
    const [was, is] = [before, after].map(({ measure }) => scopeOf(measure) === 'network');
    if (is && !was) return { ...after, x: after.x ?? after.line ?? varying[0] ?? null, line: null };
    if (was && !is) return { ...after, x: null, line: before.x };
    if (after.x !== null) return { ...after, line: null };
    return is ? { ...after, x: before.x } : after;
  },
  load: () => import('./chart.ts'),
});
