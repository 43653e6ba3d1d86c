import { latexText } from '../charts/latex/latex-text.ts';

/** How a caption is written for another program. */
export interface CaptionForm {
  readonly name: 'latex' | 'markdown' | 'plain';
  readonly title: string;
  /** Of its file, without the dot. */
  readonly ending: string;
  readonly mediaType: string;
  /** @param word what the figure is called in cross-references */
  readonly write: (caption: string, word: string) => string;
}

export const CAPTION_FORMS: readonly CaptionForm[] = [
  {
    ...{ name: 'latex', title: 'LaTeX', ending: 'tex', mediaType: 'application/x-tex' },
    write: (caption, word) => `\\caption{${latexText(caption)}}\n\\label{fig:${labelOf(word)}}`,
  },
  {
    ...{ name: 'markdown', title: 'Markdown', ending: 'md', mediaType: 'text/markdown' },
    write: (caption) => caption.replaceAll(/[\\`*_[\]<>#|~]/g, String.raw`\$&`),
  },
  {
    ...{ name: 'plain', title: 'plain text', ending: 'txt', mediaType: 'text/plain' },
    write: (caption) => caption,
  },
];

/** What LaTeX takes as the name of a label. */
function labelOf(word: string): string {
  return word.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'figure';
}
