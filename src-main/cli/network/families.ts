import { familyNames } from '../../../src-shared/networks/families.ts';
import { familyFields } from '../../../src-shared/networks/parse-network.ts';
import { printJson, printLine, printTable } from '../output.ts';

/** Prints every family with its fields. */
export async function listFamilies(options: { readonly json?: boolean }): Promise<void> {
  const families = familyNames.map((name) => ({ family: name, fields: familyFields(name) }));
  if (options.json) {
    printJson(families);
    return;
  }
  for (const { family, fields } of families) {
    printLine(`\n${family}`);
    await printTable(
      [{ title: 'field' }, { title: 'default' }, { title: 'accepts' }, { title: 'meaning' }],
      fields.map(({ name, default: value, accepts, title, about }) => [
        name,
        show(value),
        accepts,
        `${title}: ${about}`,
      ]),
    );
  }
}

function show(value: unknown): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
