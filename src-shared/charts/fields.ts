import { z } from 'zod';
import { type ChartField, chartField } from './chart-kind.ts';

/** A column of the table of runs with numbers. */
export const metricField = chartField(z.string().default('testAccuracy'), {
  ...{ title: 'Metric', about: 'metric', value: 'column', choices: 'metrics' },
});

/** Of equivalence. */
export const marginField = chartField(z.number().positive().nullable().default(null), {
  title: 'Margin of equivalence',
  about: 'test whether differences are smaller than this, in percentage points of a share such as accuracy',
  value: 'size',
});

/** A setting along an axis: the first that varies where none is given. */
export const firstSetting: Pick<ChartField, 'value' | 'choices' | 'usual'> = {
  ...{ value: 'setting', choices: 'settings', usual: 'the first setting that varies' },
};
/** The other axis. */
export const secondSetting: typeof firstSetting & Pick<ChartField, 'beside'> = {
  ...{ ...firstSetting, usual: 'the second setting that varies', beside: 'x' },
};

/** Of what layers were asked: method and measure, e.g. `probe/cross-entropy`. */
export function measureField(usual: string): z.ZodDefault<z.ZodString> {
  return chartField(z.string().default(usual), {
    ...{ title: 'Measure', about: 'METHOD/MEASURE, as in `kindling analyze --list`' },
    ...{ value: 'name', choices: 'measures' },
  });
}

/** Of which roles the layers are; null for all. */
export const rolesField = chartField(z.array(z.string()).min(1).nullable().default(null), {
  ...{ title: 'Layers', about: 'only layers of these roles, e.g. squeeze "expand 3x3"' },
  ...{ value: 'names', choices: 'roles', none: 'all' },
  // a number of the whole network is of no layer
  matters: (_, scope) => scope !== 'network',
});

/** The setting that gives the lines along layers or distances; null for one line a cell. */
export const lineField: Omit<ChartField, 'none'> = {
  ...{ title: 'Series', about: 'one series per value of this setting', usual: 'one per cell' },
  ...{ value: 'setting', choices: 'settings' },
};
