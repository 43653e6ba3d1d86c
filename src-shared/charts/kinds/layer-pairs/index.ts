import { defineChart } from '../../chart-kind.ts';
import { measureField, rolesField } from '../../fields.ts';

export const layerPairsChart = defineChart({
  name: 'layer pairs',
  title: 'Similarity of layers',
  about: 'similarity of the layers of a network, one map per cell',
  basis: 'analyses',
  fields: { measure: measureField('similarity/cka'), roles: rolesField },
  finding: ({ measure }) => measure,
  scopes: ['pair of layers'],
  ofLayers: 'maps',
  load: () => import('./chart.ts'),
});
