import { engineKind, engineTitle } from '../../engine/engines/registry.ts';
import { installHint } from '../../engine/installations/install-advice.ts';
import { listEngines } from '../../engine/installations/installation.ts';
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
    printLine(`No engine is installed. ${installHint()}`);
    return;
  }
  await printTable(
    [
      { title: '' },
      { title: 'engine' },
      { title: 'version' },
      { title: 'devices' },
      { title: 'tuning' },
      { title: 'from' },
    ],
    engines.map((each) => [
      each.selected ? '*' : '',
      each.name,
      `${engineTitle(each.engine)} ${each.version}`,
      each.devices.join(', '),
      engineKind(each.engine)?.tuning?.describe(each) ?? '–',
      each.source,
    ]),
  );
}
