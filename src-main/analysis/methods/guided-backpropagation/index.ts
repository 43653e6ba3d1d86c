import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { GUIDED_CAUTION } from '../../pictures/guided-caution.ts';
import { classSetting, layersSetting, shownSetting } from '../../settings.ts';

/** What the study that this program continues looked at; offered beside the number that says how little it tells. */
export const guidedBackpropagationMethod = defineMethod({
  name: 'guided-backpropagation',
  title: 'Guided backpropagation (fails the randomization test)',
  family: 'pictures',
  order: 9,
  about: `Gradient of each layer’s output, and of the logit of a class, at the image, without what is negative at a ReLU. ${GUIDED_CAUTION}`,
  scatter:
    'The interval is over the few images shown (t); variation between untrained networks is not included.',
  measures: [
    {
      name: 'untrained-likeness',
      title: 'Guided backpropagation: likeness to the untrained network',
      kind: 'number',
      range: 'signed share',
      axis: 'rank correlation with the map of the untrained network',
      scopes: ['network', 'layer'],
    },
  ],
  settings: z.strictObject({ shown: shownSetting(10), layers: layersSetting, class: classSetting }),
});
