import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import { kindlingVersion } from '../kindling-version.ts';

/** What a figure shows and what it can be regenerated from; every file of it carries this. */
export interface FigureProvenance {
  readonly program: 'Kindling';
  readonly version: string;
  readonly specification: FigureSpecification;
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
  /** What it says besides its marks: above all which runs are left out, and why. A caption should say it, too. */
  readonly notes: readonly string[];
  /** Of a figure that is drawn for a paper. */
  readonly caption?: string;
}

/** @param runs ids of those that the figure shows */
export function provenanceOf(
  specification: FigureSpecification,
  runs: readonly string[],
  notes: readonly string[],
  caption?: string,
): FigureProvenance {
  return {
    ...{ program: 'Kindling', version: kindlingVersion(), specification, runs, notes },
    ...(caption !== undefined && { caption }),
  };
}

/** As JSON in ASCII, which every format can hold. */
export function provenanceText(provenance: FigureProvenance): string {
  return JSON.stringify(provenance).replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Puts it into an SVG, beside words for those who cannot see. */
export function withMetadata(svg: string, title: string, provenance: FigureProvenance): string {
  const head =
    `<title>${escaped(title)}</title>` +
    `<metadata><kindling:figure xmlns:kindling="https://kindling.invalid/figure">${escaped(provenanceText(provenance))}</kindling:figure></metadata>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.replace(/^<svg[^>]*>/, (tag) => `${tag}\n${head}`)}\n`;
}

/** The provenance in an SVG of ours as JSON; null if there is none. */
export function metadataOf(svg: string): string | null {
  const [, text] = /<kindling:figure[^>]*>(.*?)<\/kindling:figure>/s.exec(svg) ?? [];
  return text === undefined ? null : unescaped(text);
}

const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
] as const;

function escaped(text: string): string {
  return ENTITIES.reduce((result, [letter, entity]) => result.replaceAll(letter, entity), text);
}

function unescaped(text: string): string {
  return ENTITIES.toReversed().reduce((result, [letter, entity]) => result.replaceAll(entity, letter), text);
}
