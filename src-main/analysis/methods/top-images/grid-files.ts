import type { Layer } from '../../../../src-shared/networks/layers/layer-kinds.ts';
import type { WrittenFile } from '../../method.ts';
import { cropTo, fieldOf, type FieldGrid } from '../../pictures/field-window.ts';
import { fitTo } from '../../pictures/fit-to.ts';
import { GRADIENT_COLOURS } from '../../pictures/gradient-colours.ts';
import { GUIDED_CAUTION } from '../../pictures/guided-caution.ts';
import { photographOf } from '../../pictures/photograph.ts';
import { pictureFile } from '../../pictures/picture-file.ts';
import { type Picture, plainPicture } from '../../pictures/picture.ts';
import type { StrongImage } from '../../pictures/strongest-images.ts';
import { tile } from '../../pictures/tile.ts';
import type { EvaluationSet, Subject } from '../../subject.ts';
import type { ChannelRow } from './channel-row.ts';

/** Pixels of the shorter side: photographs of noise do not compress, so none is larger than it need be. */
const [SMALLEST, LARGEST] = [32, 96];

/** Pixels between two pictures, and between photographs and gradients. */
const [GAP, BLOCK_GAP] = [4, 16];

export interface LayerRows {
  readonly layer: Layer;
  /** Where its units look. */
  readonly grid: FieldGrid;
  readonly set: EvaluationSet;
  readonly rows: readonly ChannelRow[];
  /** Which channels and images they are, for a caption. */
  readonly rowsAre: string;
}

/** The images of each channel, and their parts within the receptive field; right of them their gradients if there are any. */
export async function gridFiles(
  subject: Pick<Subject, 'graph' | 'statistics'>,
  { layer, grid, set, rows, rowsAre }: LayerRows,
): Promise<WrittenFile[]> {
  const photographs = rows.map(({ images }) => images.map(({ image }) => photographOf(set, image, subject)));
  const gradients = rows.map((row) => row.gradients);
  const blocks = gradients.some(({ length }) => length > 0) ? [photographs, gradients] : [photographs];
  const draw = async (crop: (whole: Picture, place: StrongImage) => Picture): Promise<Picture> =>
    tile([await Promise.all(blocks.map((block) => drawBlock(rows, block, crop)))], BLOCK_GAP);
  const beside =
    blocks.length === 1
      ? ''
      : ` Right: guided backpropagation of the sum of the channel’s absolute outputs, ${GRADIENT_COLOURS}. ${GUIDED_CAUTION}`;
  const patches = await draw((whole, { row, column }) => cropTo(whole, fieldOf(grid, row, column)));
  const whole = await draw((each) => each);
  return [
    await pictureFile(patches, {
      layer,
      kind: 'patches',
      title: `Patches that activate ${layer.name} most, cropped to the receptive field of ${grid.size} pixels: ${rowsAre}; grey: outside the image.${beside}`,
    }),
    await pictureFile(whole, {
      layer,
      kind: 'images',
      title: `Images that activate ${layer.name} most: ${rowsAre}.${beside}`,
    }),
  ];
}

/** @param wholes of each row the pictures of its images */
async function drawBlock(
  rows: readonly ChannelRow[],
  wholes: readonly (readonly Picture[])[],
  crop: (whole: Picture, place: StrongImage) => Picture,
): Promise<Picture> {
  const black = plainPicture(SMALLEST, SMALLEST, [0, 0, 0]);
  const cells = await Promise.all(
    rows.map(({ images }, row) =>
      Promise.all(
        images.flatMap((place, at) => {
          const whole = wholes[row]?.[at];
          return whole === undefined ? [] : [fitTo(crop(whole, place), SMALLEST, LARGEST)];
        }),
      ),
    ),
  );
  return tile(rows.length === 0 ? [[black]] : cells.map((row) => (row.length === 0 ? [black] : row)), GAP);
}
