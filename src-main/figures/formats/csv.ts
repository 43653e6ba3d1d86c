import { forPrograms } from '../../../src-shared/charts/chart-table.ts';
import { csv as csvText } from '../../files/csv.ts';
import { textFile } from '../../files/exported-file.ts';
import { alone, type FigureFormat } from './format.ts';

export const csv: FigureFormat = {
  ...{ name: 'csv', ending: 'csv', title: 'CSV', about: 'the plotted numbers' },
  draws: ['runs', 'analyses', 'tables'],
  render: ({ name, numbers }) => {
    const { columns, rows } = forPrograms(numbers.table());
    return alone(textFile(`${name}.csv`, 'text/csv', csvText(columns, rows)));
  },
};
