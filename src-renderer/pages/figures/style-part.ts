import { type Ref, ref } from 'vue';
import { figureStyleSchema, type FigureStyle } from '../../../src-shared/figures/figure-style.ts';

export interface StylePart {
  /** Why what was typed last was not taken; empty where it was. */
  readonly mistake: Readonly<Ref<string>>;
  /** @param title of the field, for the mistake */
  readonly set: (part: Readonly<Record<string, unknown>>, title?: string) => void;
}

/** Fields of a form that each set a part of a figure's style. */
export function useStylePart(style: Ref<FigureStyle>): StylePart {
  const mistake = ref('');
  function set(part: Readonly<Record<string, unknown>>, title = ''): void {
    const parsed = figureStyleSchema.safeParse({ ...style.value, ...part });
    mistake.value = parsed.success ? '' : `${title}: ${parsed.error.issues[0]?.message ?? 'not possible'}.`;
    if (parsed.success) style.value = parsed.data;
  }
  return { mistake, set };
}
