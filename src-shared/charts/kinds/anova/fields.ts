import { z } from 'zod';
import { chartField } from '../../chart-kind.ts';
import { marginField, metricField } from '../../fields.ts';

/** The model of an analysis of variance. */
export const modelFields = {
  metric: metricField,
  order: chartField(z.enum(['1', '2', '3', '4']).default('2'), {
    ...{
      title: 'Interactions of up to',
      about: 'interactions of up to so many factors; 1 for main effects only',
    },
    value: 'factors',
  }),
  type: chartField(z.enum(['2', '3']).default('2'), {
    ...{
      title: 'Sums of squares of type',
      about: 'type of the sums of squares, which differ where runs are missing',
    },
    value: 'type',
  }),
  numeric: chartField(z.array(z.string()).min(1).nullable().default(null), {
    ...{ title: 'Numeric factors', about: 'factors that are numbers, along which the metric follows a line' },
    ...{ value: 'factors', choices: 'settings', none: 'none' },
  }),
};

/** What is computed of the model besides its effects. */
export const momentFields = {
  at: chartField(z.string().nullable().default(null), {
    ...{ title: 'Simple effects at', about: 'effects of the other factors at each level of this one' },
    ...{ value: 'factor', choices: 'settings', none: '(none)' },
  }),
  contrast: chartField(z.string().min(1).nullable().default(null), {
    title: 'Contrasts',
    about:
      'contrasts of marginal means, with weights that add up to 0 and semicolons between: "sr: 0.125=-1, 1=1; bypass: none=-1, simple=1"',
    ...{ value: 'weights', none: 'sr: 0.125=-1, 1=1' },
  }),
  margin: marginField,
};
