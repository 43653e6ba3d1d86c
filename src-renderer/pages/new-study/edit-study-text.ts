import { isCollection, isMap, parseDocument, type Document } from 'yaml';

export type DocumentPath = readonly (string | number)[];

/**
 * A study file with one value changed, everything else (comments, order, style) kept. Undefined takes the value away, and
 * its key's parent where nothing is left in it. The text must be valid YAML.
 */
export function editStudyText(text: string, path: DocumentPath, value: unknown): string {
  const document = parseDocument(text);
  if (value === undefined) remove(document, path);
  else put(document, path, value);
  return document.toString({ lineWidth: 110 });
}

/** The file's content as plain values; null where it is no YAML or no map. */
export function studyFields(text: string): Readonly<Record<string, unknown>> | null {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  return document.toJS() as Readonly<Record<string, unknown>>;
}

function put(document: Document, path: DocumentPath, value: unknown): void {
  for (let length = 1; length < path.length; length++) {
    const parent = path.slice(0, length);
    if (!isCollection(document.getIn(parent))) document.setIn(parent, document.createNode({}));
  }
  document.setIn(path, asNode(document, value));
}

/** Lists stand on one line. */
function asNode(document: Document, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return document.createNode(value, { flow: true });
}

function remove(document: Document, path: DocumentPath): void {
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  const left = parent.length > 0 ? document.getIn(parent) : null;
  if (isMap(left) && left.items.length === 0) document.deleteIn(parent);
}
