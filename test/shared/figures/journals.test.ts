import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOURNAL_WIDTHS } from '../../../src-shared/figures/journals.ts';

const inches = (count: number): number => 25.4 * count;
/** TeX's points. */
const points = (count: number): number => (25.4 * count) / 72.27;

/** As templates and guides have them, in millimetres. */
const PUBLISHED: Readonly<Record<string, number>> = {
  // acmart with sigconf: \columnwidth and \textwidth
  ...{ acm: points(241.14749), 'acm-wide': points(506.295) },
  // author kit: \textwidth=6.875in, \columnsep=0.3125in and two columns of 3 1/4 in
  ...{ cvpr: inches(3.25), 'cvpr-wide': inches(6.875) },
  ...{ elsevier: 90, 'elsevier-middle': 140, 'elsevier-wide': 190 },
  // icml2025.sty: \textwidth 6.75in, \columnsep 0.25in
  ...{ icml: inches((6.75 - 0.25) / 2), 'icml-wide': inches(6.75) },
  // 3.5 in, and 43 picas, which the guide also calls 182 mm
  ...{ ieee: inches(3.5), 'ieee-wide': inches(43 / 6) },
  // llncs.cls: \textwidth 12.2cm
  lncs: 122,
  ...{ nature: 89, 'nature-wide': 183 },
  // neurips_2025.sty: textwidth=5.5in
  neurips: inches(5.5),
  ...{ science: 57, 'science-middle': 121, 'science-wide': 184 },
  ...{ springer: 84, 'springer-wide': 174 },
};

test('figures are as wide as journals have room, and never wider', () => {
  assert.deepEqual(JOURNAL_WIDTHS.map(({ key }) => key).toSorted(), Object.keys(PUBLISHED).toSorted());
  for (const { key, style } of JOURNAL_WIDTHS) {
    const [width, room] = [style.widthMillimetres ?? NaN, PUBLISHED[key] ?? NaN];
    assert.ok(width <= room + 1e-9 && width > room - 0.1, `${key}: ${width} of ${room}`);
  }
});
