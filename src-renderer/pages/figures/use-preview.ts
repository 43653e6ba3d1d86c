import { useTimeoutFn } from '@vueuse/core';
import { ref, shallowRef, watch, type Ref } from 'vue';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import type { FigureFormatDescription } from '../../../src-shared/contract/api/figures.ts';
import { basesOf } from '../../../src-shared/figures/figure-panels.ts';
import { messageOf, request } from '../../connection/request.ts';
import { fontRules } from './font-rules.ts';
import { readDrawing, type Drawing } from './read-drawing.ts';
import { latestOnly } from '../../stores/latest.ts';

/** Milliseconds without a further change before a figure is drawn: a slider sends many. */
const QUIET = 250;

export interface Preview {
  /** What was drawn last; it stays while the next is drawn and where that fails. */
  readonly drawing: Ref<Drawing | null>;
  readonly isDrawing: Ref<boolean>;
  /** Why it cannot be drawn; empty where it can. */
  readonly problem: Ref<string>;
  /** What of its style or texts is not in it; empty where all is. */
  readonly warning: Ref<string>;
  /** What the caption would be if nobody had written one. */
  readonly caption: Ref<string>;
  readonly draw: () => Promise<void>;
}

/**
 * The figure as it will be in the file, drawn anew when it or `version` (of the runs) changes.
 *
 * @param formats those that there are; none before they are loaded
 */
export function usePreview(
  specification: Ref<FigureSpecification | null>,
  version: () => unknown,
  formats: Ref<readonly FigureFormatDescription[]>,
): Preview {
  const drawing = shallowRef<Drawing | null>(null);
  const isDrawing = ref(false);
  const problem = ref('');
  const warning = ref('');
  const caption = ref('');
  const begin = latestOnly();
  const quiet = useTimeoutFn(() => void draw(), QUIET, { immediate: false });

  async function draw(): Promise<void> {
    quiet.stop();
    const isLatest = begin();
    // what was being drawn is no longer waited for
    isDrawing.value = false;
    const wanted = specification.value;
    if (!wanted) {
      drawing.value = null;
      caption.value = '';
      problem.value = '';
      return;
    }
    const bases = basesOf(wanted);
    const format = formats.value.find(
      ({ isPreview, draws }) => isPreview && bases.every((basis) => draws.includes(basis)),
    );
    if (!format) return;
    isDrawing.value = true;
    // what was wrong with another chart is not said of this one while it is drawn
    problem.value = '';
    try {
      const [file, fonts] = await Promise.all([
        request('figures.render', { specification: wanted, format: format.name, isAlone: true }),
        fontRules(wanted.style.font),
      ]);
      if (!isLatest()) return;
      drawing.value = readDrawing(file, fonts);
      warning.value = file.warning ?? '';
      caption.value = file.caption;
    } catch (error) {
      if (isLatest()) problem.value = messageOf(error);
    } finally {
      if (isLatest()) isDrawing.value = false;
    }
  }

  watch([specification, version, formats], () => quiet.start(), { immediate: true });
  return { drawing, isDrawing, problem, warning, caption, draw };
}
