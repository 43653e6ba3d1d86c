import { forPrograms } from '../../../src-shared/charts/chart-table.ts';
import { textFile } from '../../files/exported-file.ts';
import { alone, type FigureFormat } from './format.ts';

export const json: FigureFormat = {
  ...{
    name: 'json',
    ending: 'json',
    title: 'JSON',
    about: 'the plotted numbers, with the specification and the runs',
  },
  draws: ['runs', 'analyses', 'tables'],
  joinsPanels: true,
  render: ({ name, numbers, panels, provenance }) => {
    const tables =
      panels.length === 0
        ? forPrograms(numbers.table())
        : {
            panels: panels.map(({ letter, chart }) => ({
              panel: letter,
              ...forPrograms({ notes: chart.notes, ...chart.table() }),
            })),
          };
    const text = JSON.stringify({ ...provenance, ...tables }, null, 1);
    return alone(textFile(`${name}.json`, 'application/json', `${text}\n`));
  },
};
