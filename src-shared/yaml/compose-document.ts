import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';
import { mistakeAt, type OffsetMistake } from './offset-mistake.ts';

/** Lists and maps inside each other; more than any file needs, and few enough for what walks through them. */
const DEEPEST = 32;

/** Of bytes that are no text, or text in another encoding than was thought. */
const NO_CHARACTER = /[\0\uFFFD]/;

/**
 * The nodes of a text that is one YAML document, with the package's errors in it; or the mistake that leaves nothing to
 * read. `lines` is told where lines begin. What is nested too deep is given up where that is seen, before anything walks
 * through it.
 */
export function composeDocument(text: string, lines: LineCounter): Document.Parsed | OffsetMistake {
  lines.addNewLine(0);
  const odd = text.search(NO_CHARACTER);
  if (odd >= 0) {
    for (const { index } of text.slice(0, odd).matchAll(/\n/g)) lines.addNewLine(index + 1);
    return mistakeAt(odd, 'found bytes that are not text; save the file as UTF-8 text.');
  }
  const documents: Document.Parsed[] = [];
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent' });
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > DEEPEST)
      return mistakeAt(parser.offset, `lists and maps are nested more than ${DEEPEST} deep.`);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  // of an empty text there is a document, too
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  if (second) {
    const message = 'a second document begins here (---); write each study into a file of its own.';
    return mistakeAt(second.range[0], message);
  }
  if (!document) throw new Error('the package made no document of a text');
  return document;
}
