import { acceptedWords } from '../../../src-shared/analysis/settings.ts';
import { describeMethod } from '../../analysis/method.ts';
import { methodNamed, METHODS } from '../../analysis/methods/registry.ts';
import type { AnalyzeOptions } from './analyze.ts';
import { printJson, printLine, printTable } from '../output.ts';

/** Prints what methods there are and what they can be asked. @throws Problem `not-found` */
export async function listMethods({ methods: names, json }: AnalyzeOptions): Promise<void> {
  const methods = (names?.map(methodNamed) ?? METHODS).map(describeMethod);
  if (json) {
    printJson(methods);
    return;
  }
  await printTable(
    [{ title: 'method' }, { title: 'about' }, { title: 'measures' }],
    methods.map(({ name, about, measures }) => [name, about, measures.map((each) => each.name).join(', ')]),
  );
  printLine();
  await printTable(
    [{ title: 'method' }, { title: 'intervals, and the variation they leave out' }],
    methods.filter(({ scatter }) => scatter !== '').map(({ name, scatter }) => [name, scatter]),
  );
  printLine();
  await printTable(
    [{ title: 'setting' }, { title: 'default' }, { title: 'accepts' }, { title: 'description' }],
    methods.flatMap(({ name, settings }) =>
      settings.map((setting) => [
        `${name}.${setting.name}`,
        String(setting.default ?? ''),
        acceptedWords(setting),
        setting.about,
      ]),
    ),
  );
}
