import { createRequire } from 'node:module';

/** What we use of the options of svg-to-pdfkit, which has no types. */
export interface SvgToPdfOptions {
  readonly width: number;
  readonly height: number;
  /** Whether a unit of the SVG is a point, not a pixel. */
  readonly assumePt: boolean;
  /** The registered font for a CSS font family. */
  readonly fontCallback: (family: string, bold: boolean, italic: boolean) => string;
  readonly warningCallback: (warning: string) => void;
}

type SvgToPdf = (
  document: PDFKit.PDFDocument,
  svg: string,
  x: number,
  y: number,
  options: SvgToPdfOptions,
) => void;

/** Draws an SVG into a PDF. */
const drawInPdf = createRequire(import.meta.url)('svg-to-pdfkit') as SvgToPdf;
export default drawInPdf;
