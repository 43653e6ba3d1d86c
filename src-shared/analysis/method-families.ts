interface FamilyDescription {
  /** For people. */
  readonly title: string;
  /** Its methods take seconds to minutes; those of the others take longer. */
  readonly isQuick?: true;
}

/** What methods of analysis are about, in the order in which they are shown. */
export const METHOD_FAMILIES = {
  representation: { title: 'Representations', isQuick: true },
  weights: { title: 'Weight structure', isQuick: true },
  ablation: { title: 'Ablation' },
  evaluation: { title: 'Evaluation' },
  compression: { title: 'Compression' },
  pictures: { title: 'Visualizations' },
} as const satisfies Record<string, FamilyDescription>;

export type MethodFamily = keyof typeof METHOD_FAMILIES;
