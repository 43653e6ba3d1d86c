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
  render: ({ name, numbers, provenance }) => {
    const text = JSON.stringify({ ...provenance, ...numbers.table() }, null, 1);
    return alone(textFile(`${name}.json`, 'application/json', `${text}\n`));
  },
};
