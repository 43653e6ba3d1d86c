import { z } from 'zod';
import { chartField, defineChart } from '../../chart-kind.ts';
import { measureField } from '../../fields.ts';

const COLOURS = ['role', 'parameters', 'macs', 'activations', 'field', 'measure'] as const;

export const networkChart = defineChart({
  name: 'network',
  title: 'Network drawing',
  about:
    'the network of a cell as a graph, or of two side by side, coloured by role, cost or a measure of layers',
  basis: 'analyses',
  example: 'squeeze-ratio --colour parameters',
  fields: {
    cell: chartField(z.string().nullable().default(null), {
      ...{ title: 'Cell', about: 'id of the cell', value: 'id', choices: 'cells' },
      ...{ none: 'the best', usual: 'the best' },
    }),
    beside: chartField(z.string().nullable().default(null), {
      ...{ title: 'Beside it', about: 'id of a second cell, aligned by role', value: 'id', choices: 'cells' },
      ...{ none: 'none', beside: 'cell' },
    }),
    colour: chartField(z.enum(COLOURS).default('role'), {
      title: 'Colour',
      about: 'what colours stand for: `field` is the receptive field, `measure` the measure',
    }),
    measure: chartField(measureField('probe/accuracy'), {
      ...{ title: 'Measure', about: 'METHOD/MEASURE, as in `kindling analyze --list`' },
      ...{ value: 'name', choices: 'measures', matters: ({ colour }) => colour === 'measure' },
    }),
    closed: chartField(z.boolean().default(false), {
      ...{ title: 'Modules closed', about: 'modules as one box each' },
    }),
  },
  finding: ({ measure, colour }) => (colour === 'measure' ? measure : null),
  // a number of two runs, or of a whole network, is of no node
  scopes: ['layer', 'channel'],
  load: () => import('./chart.ts'),
});
