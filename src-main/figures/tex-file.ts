import { type ExportedFile, textFile } from '../files/exported-file.ts';
import type { FigureFiles } from './formats/format.ts';
import { pdflatexWarning } from './pdflatex-letters.ts';
import { type FigureProvenance, provenanceText } from './provenance.ts';

/** TeX passes over the lines with the provenance and with what it may not be able to set. */
export function texFile(
  name: string,
  tex: string,
  provenance: FigureProvenance,
  pictures: readonly ExportedFile[] = [],
): FigureFiles {
  const warning = pdflatexWarning(tex);
  const head = [provenanceText(provenance), ...(warning === null ? [] : [warning])];
  const text = `${head.map((line) => `% ${line}\n`).join('')}${tex}`;
  return { file: textFile(`${name}.tex`, 'application/x-tex', text), pictures, warning };
}
