import path from 'node:path';
import { whole } from '../../../src-shared/numbers.ts';
import { type DatasetRemark, note, warning } from '../../../src-shared/datasets/dataset-remark.ts';
import { FORMATS, isUnreadPicture } from './picture-signature.ts';
import type { PassedOver, SurveyedPicture } from './survey.ts';
import { byCodeUnit, firstOf } from './words.ts';
import { counted } from '../../../src-shared/counted.ts';

/** Everything that is in the source and not in the data set, counted and named. */
export function tellPassedOver({ files, litter, unreachable, special }: PassedOver): DatasetRemark[] {
  const [unread, others] = [files.filter(isUnreadPicture), files.filter((file) => !isUnreadPicture(file))];
  const remarks = tellUnread(unread);
  if (others.length > 0)
    remarks.push(
      note(`${counted(others.length, 'file')} skipped because they are not images: ${kindsOf(others)}.`),
    );
  if (unreachable.length > 0) {
    const named = unreachable.map(({ path: place, why }) => `${place} ${why}`);
    remarks.push(
      warning(`${counted(unreachable.length, 'link or file', 'links or files')} skipped: ${firstOf(named)}.`),
    );
  }
  if (special.length > 0)
    remarks.push(
      note(
        `${counted(special.length, 'device, pipe or socket', 'devices, pipes or sockets')} skipped: ${firstOf(special)}.`,
      ),
    );
  if (litter.length > 0)
    remarks.push(
      note(
        `${counted(litter.length, 'hidden or system file or folder', 'hidden or system files and folders')} skipped: ${firstOf([...litter].sort(byCodeUnit))}.`,
      ),
    );
  return remarks;
}

/** Pictures of formats that are not read, by their names. */
export function tellUnread(files: readonly string[]): DatasetRemark[] {
  if (files.length === 0) return [];
  const whose = files.length === 1 ? 'its' : 'their';
  return [
    warning(
      `${counted(files.length, 'file')} skipped because ${whose} format is not supported: ${kindsOf(files)}. Convert ${files.length === 1 ? 'it' : 'them'} to one of ${FORMATS}.`,
    ),
  ];
}

/** Several frames in one file are pictures that one may miss. */
export function tellFrames(pictures: readonly SurveyedPicture[]): DatasetRemark[] {
  const several = pictures.filter(({ header }) => header.frames > 1).map((picture) => picture.path);
  if (several.length === 0) return [];
  return [
    warning(
      `${counted(several.length, 'image')} with several frames or pages; only the first was used: ${firstOf(several)}.`,
    ),
  ];
}

/** `5 .bmp (cats/5.bmp), 1 .csv (labels.csv), 2 without extension (a, b)`, the most frequent first. */
function kindsOf(files: readonly string[]): string {
  const kinds = Map.groupBy(files, (file) => path.posix.extname(file).toLowerCase());
  return [...kinds]
    .sort(([a, one], [b, other]) => other.length - one.length || byCodeUnit(a, b))
    .map(([kind, members]) => {
      const example = members.length === 1 ? members[0] : `e.g. ${members[0]}`;
      return `${whole(members.length)} ${kind === '' ? 'without extension' : kind} (${example})`;
    })
    .join(', ');
}
