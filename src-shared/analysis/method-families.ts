/** What methods of analysis are about, in words for people and in the order in which they are shown. */
export const METHOD_FAMILIES = {
  representation: 'What a layer knows',
  weights: 'What its weights are',
  ablation: 'What is lost without it',
  pictures: 'What it looks like',
  compression: 'Squeezed further',
} as const;

export type MethodFamily = keyof typeof METHOD_FAMILIES;
