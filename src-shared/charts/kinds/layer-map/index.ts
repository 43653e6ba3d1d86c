import { LAYER_SCOPES } from '../../../analysis/result-scope.ts';
import { defineChart } from '../../chart-kind.ts';
import { measureField, rolesField } from '../../fields.ts';

export const layerMapChart = defineChart({
  name: 'layer map',
  title: 'Layers by cell',
  about: 'heat map of a measure: layers by cells',
  basis: 'analyses',
  fields: { measure: measureField('dimension/saturation'), roles: rolesField },
  finding: ({ measure }) => measure,
  scopes: LAYER_SCOPES,
  ofLayers: 'rows',
  begin: () => ({ measure: 'probe/cross-entropy' }),
  load: () => import('./chart.ts'),
});
