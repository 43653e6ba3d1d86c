import { evaluateDraft, type Draft, type DraftNews } from './evaluate-study.ts';

/** What the page is told, and of which draft. */
export type EvaluationMessage = DraftNews & { readonly number: number };

/**
 * Evaluates drafts beside the page, which goes on meanwhile: the newest one, of which it tells bit by bit, until a newer
 * one comes.
 */
let newest = 0;

self.onmessage = ({ data }: MessageEvent<Draft>) => {
  newest = data.number;
  void evaluate(data);
};

async function evaluate(draft: Draft): Promise<void> {
  await turn();
  for (const news of draft.number === newest ? evaluateDraft(draft) : []) {
    self.postMessage({ ...news, number: draft.number } satisfies EvaluationMessage);
    await turn();
    if (draft.number !== newest) return;
  }
}

/** Lets messages in that have come meanwhile. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
