import { z } from 'zod';
import { OUTCOMES } from '../../../../src-shared/analysis/outcomes.ts';
import { defineMethod } from '../../method.ts';

/** What the network takes each test image for. */
export const outcomesMethod = defineMethod({
  name: OUTCOMES,
  title: 'Outcomes by image',
  family: 'pictures',
  order: 9,
  about: 'The predicted class and the loss of every test image, for galleries of misclassified pictures.',
  scatter: '',
  measures: [],
  settings: z.strictObject({}),
});
