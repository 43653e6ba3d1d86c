import type { ExportedFile } from '../../../src-shared/contract/api/files.ts';

/** What the preview shows. */
export type Drawing =
  | {
      readonly kind: 'picture';
      readonly image: Blob;
      /** Millimetres. */
      readonly width: number;
      readonly height: number;
      /** Ids of the runs that it shows. */
      readonly runs: readonly string[];
      /** What is written in it, each once. */
      readonly texts: readonly string[];
    }
  | { readonly kind: 'text'; readonly text: string; readonly runs: readonly string[] };

/**
 * Reads what the host has drawn: an SVG, or a text whose first line is a comment. Both carry the runs that they show.
 * An SVG is only read here, never put into the page: as an image it can execute nothing.
 * @param fonts style rules that the image of an SVG needs beside its own
 */
export function readDrawing({ bytes, mediaType }: ExportedFile, fonts: string): Drawing {
  const text = new TextDecoder().decode(bytes);
  if (mediaType !== 'image/svg+xml') {
    const [first = '', ...rest] = text.split('\n');
    return { kind: 'text', text: rest.join('\n'), runs: runsOf(first.replace(/^% /, '')) };
  }
  const root = new DOMParser().parseFromString(text, mediaType).documentElement;
  return {
    kind: 'picture',
    image: new Blob([text.replace(/<svg[^>]*>/, (tag) => `${tag}<style>${fonts}</style>`)], {
      type: mediaType,
    }),
    width: parseFloat(root.getAttribute('width') ?? ''),
    height: parseFloat(root.getAttribute('height') ?? ''),
    runs: runsOf(root.querySelector('metadata')?.textContent ?? ''),
    texts: [...new Set(Array.from(root.querySelectorAll('text'), ({ textContent }) => textContent.trim()))],
  };
}

function runsOf(provenance: string): readonly string[] {
  const { runs } = JSON.parse(provenance) as { readonly runs: readonly string[] };
  return runs;
}
