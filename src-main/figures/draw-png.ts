import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { withoutSize } from './draw-svg.ts';
import { FIGURE_FONTS } from './font-files.ts';

/**
 * An SVG whose unit is the point as PNG with this many dots per inch. The fonts are our own, whatever the machine has.
 *
 * @param description kept in the file as its EXIF description.
 */
export async function drawPng(svg: string, dpi: number, description: string): Promise<Buffer> {
  const { sans, serif } = FIGURE_FONTS;
  const image = new Resvg(withoutSize(svg), {
    fitTo: { mode: 'zoom', value: dpi / 72 },
    background: '#ffffff',
    font: {
      fontFiles: [sans.regular, sans.bold, serif.regular, serif.bold],
      loadSystemFonts: false,
      defaultFontFamily: sans.family,
      sansSerifFamily: sans.family,
      serifFamily: serif.family,
    },
  });
  return sharp(image.render().asPng())
    .withMetadata({ density: dpi })
    .withExifMerge({ IFD0: { ImageDescription: description } })
    .png()
    .toBuffer();
}
