interface FamilyDescription {
  /** For people. */
  readonly title: string;
  /** Its methods take seconds to minutes; those of the others take longer. */
  readonly isQuick?: true;
}

/** What methods of analysis are about, in the order in which they are shown. */
export const METHOD_FAMILIES = {
  representation: { title: 'What a layer knows', isQuick: true },
  weights: { title: 'What its weights are', isQuick: true },
  ablation: { title: 'What is lost without it' },
  pictures: { title: 'What it looks like' },
  compression: { title: 'Squeezed further' },
} as const satisfies Record<string, FamilyDescription>;

export type MethodFamily = keyof typeof METHOD_FAMILIES;
