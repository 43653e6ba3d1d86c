import { canonicalJson } from '../canonical-hash.ts';
import { replaceKey } from './add-seeds.ts';
import { formatFlow, formatStudy } from './format-study.ts';
import { isImported, type KnownStudy } from './imported-study.ts';
import { readDefinition } from './read-study.ts';

interface NamedStudy {
  readonly name: string;
  readonly definition: KnownStudy;
  readonly text: string;
}

/** The same study under another name, which its file states, too; every other character of it is as it was. */
export function renameStudy<Study extends NamedStudy>(study: Study, name: string): Study {
  const { text } = study;
  const definition = { ...study.definition, name };
  const changed = replaceKey(text, 'study', [`study: ${formatFlow(name)}`]);
  if (isImported(definition)) return { ...study, name, definition, text: changed };
  const reading = readDefinition(changed);
  const isRight = reading.ok && canonicalJson(reading.definition) === canonicalJson(definition);
  return { ...study, name, definition, text: isRight ? changed : formatStudy(definition) };
}
