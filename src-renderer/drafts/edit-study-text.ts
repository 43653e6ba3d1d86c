import { isAlias, isCollection, isMap, isNode, parseDocument, visit, type Document } from 'yaml';
import { isMergeKey } from '../../src-shared/yaml/merge-key.ts';
import { readYaml } from '../../src-shared/yaml/read-yaml.ts';

export type DocumentPath = readonly (string | number)[];

/**
 * Characters, and values that aliases make of them, of a file that the form reads and writes with each change, which takes
 * it some 50 milliseconds. A longer one, which a program may have written, is edited as text.
 */
export const LONGEST_FORM = 20_000;

/**
 * A study file with one value changed, everything else (comments, order, style) kept. Undefined takes the value away, and
 * its key's parent where nothing is left in it. What an alias or a merge key brings becomes the place's own where it is
 * changed. The text must be valid YAML.
 */
export function editStudyText(text: string, path: DocumentPath, value: unknown): string {
  const document = parseDocument(text);
  const reading = readYaml(text);
  for (let length = 0; length < path.length; length++) {
    const parent = path.slice(0, length);
    if (reading.ok) own(document, parent, reading.value);
  }
  releaseAnchors(document, path);
  if (value === undefined) remove(document, path);
  else put(document, path, value);
  return document.toString({ lineWidth: 110 });
}

/** The file's content as plain values; null where it is no YAML or no map, or too long for a form. */
export function studyFields(text: string): Readonly<Record<string, unknown>> | null {
  if (text.length > LONGEST_FORM) return null;
  const reading = readYaml(text, LONGEST_FORM);
  if (!reading.ok) return null;
  const { value } = reading;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

/** Writes out what a place has from elsewhere, so that a change of it changes nothing else and loses nothing. */
function own(document: Document, path: DocumentPath, content: unknown): void {
  const node = document.getIn(path, true);
  const isBorrowed = isAlias(node) || (isMap(node) && node.items.some(({ key }) => isMergeKey(key)));
  if (!isBorrowed) return;
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Readonly<Record<string | number, unknown>> | undefined)?.[key],
    content,
  );
  const written = document.createNode(value, { flow: isMap(node) ? node.flow === true : true });
  if (isMap(node) && node.anchor !== undefined) written.anchor = node.anchor;
  if (path.length === 0) document.contents = written;
  else document.setIn(path, written);
}

/** Writes out all aliases where an anchor is about to go, so that none of them is left without it. */
function releaseAnchors(document: Document, path: DocumentPath): void {
  const node = document.getIn(path, true);
  let holdsAnchor = false;
  const look = (_key: unknown, { anchor }: { readonly anchor?: string }): void => {
    holdsAnchor ||= anchor !== undefined;
  };
  if (isNode(node)) visit(node, { Scalar: look, Collection: look });
  if (!holdsAnchor) return;
  visit(document, {
    Alias: (_key, alias) => {
      const target = alias.resolve(document);
      return target ? document.createNode(target.toJS(document), { flow: true }) : undefined;
    },
  });
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
