import { z } from 'zod';
import { RECORDED, type RecordedPart } from '../../metrics/layer-histograms.ts';
import { chartField } from '../chart-kind.ts';

/** Which of the three is shown. */
export function recordedField(usual: RecordedPart) {
  return chartField(z.enum(RECORDED).default(usual), {
    ...{ title: 'Values of', about: RECORDED.join(', '), value: 'what' },
  });
}
