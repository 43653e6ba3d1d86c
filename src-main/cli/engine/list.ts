import { listEngines } from '../../engine/provisioning/installation.ts';
import { kindlingHome } from '../../home.ts';
import { printJson, printLine, printTable } from '../output.ts';

/** Prints the installed engines. */
export async function listInstalled(options: { readonly json?: boolean }): Promise<void> {
  const engines = listEngines(kindlingHome());
  if (options.json) {
    printJson(engines);
    return;
  }
  if (engines.length === 0) {
    printLine('No engine is installed. Run `kindling engine install cpu`.');
    return;
  }
  await printTable(
    [{ title: '' }, { title: 'engine' }, { title: 'TensorFlow' }, { title: 'devices' }, { title: 'from' }],
    engines.map((each) => [
      each.selected ? '*' : '',
      each.name,
      each.version,
      each.devices.join(', '),
      each.source,
    ]),
  );
}
