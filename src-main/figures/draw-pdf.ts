import PDFDocument from 'pdfkit';
import { FIGURE_FONTS } from './font-files.ts';
import { lettersWithout } from './font-letters.ts';
import drawInPdf from './svg-to-pdfkit.ts';
import { type FigureSize, withoutSize } from './draw-svg.ts';

export interface PdfInformation {
  readonly title: string;
  /** What the figure can be regenerated from. */
  readonly keywords: string;
}

/** An SVG whose unit is the point as a PDF of its size, texts as texts in embedded fonts. */
export async function drawPdf(svg: string, size: FigureSize, information: PdfInformation): Promise<Buffer> {
  const { sans, serif } = FIGURE_FONTS;
  const document = new PDFDocument({
    size: [size.width, size.height],
    margin: 0,
    compress: true,
    info: {
      Title: information.title,
      Keywords: information.keywords,
      Creator: 'Kindling',
      CreationDate: EPOCH,
      ModDate: EPOCH,
    },
  });
  for (const font of [sans, serif]) {
    document.registerFont(font.family, font.regular).registerFont(`${font.family} bold`, font.bold);
  }
  const parts: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const warnings: string[] = [];
  // STIX Two Text lacks in this cut some signs (≤, →) that Source Sans 3 has
  const hasSerif = lettersWithout(serif, svg).length <= lettersWithout(sans, svg).length;
  drawInPdf(document, withoutSize(svg), 0, 0, {
    width: size.width,
    height: size.height,
    assumePt: true,
    fontCallback: (family, bold) => {
      const wanted = family.includes(serif.family) && hasSerif ? serif : sans;
      return bold ? `${wanted.family} bold` : wanted.family;
    },
    warningCallback: (warning) => warnings.push(warning),
  });
  document.end();
  await ended;
  if (warnings.length > 0) throw new Error(`The PDF would differ from the SVG: ${warnings.join('; ')}`);
  return Buffer.concat(parts);
}

/** The same figure gives the same bytes. */
const EPOCH = new Date(0);
