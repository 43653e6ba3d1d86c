import type { ChangeScores } from '../lesions/score-changes.ts';
import { scoreNetwork } from '../lesions/score-network.ts';
import { weightChange } from '../lesions/weight-change.ts';
import type { MethodControl } from '../method.ts';
import type { Subject, WeightValues } from '../subject.ts';

/**
 * Scores a run's last network, and the same with other values for some of its weights, on the evaluation set.
 * @param variants new values by weight name
 */
export async function scoreVariants(
  subject: Subject,
  variants: readonly WeightValues[],
  images: number,
  control: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ChangeScores> {
  const { graph } = subject;
  const changes = variants.map((values) => weightChange(graph, values));
  const network = { graph, weights: subject.weights('last') };
  return scoreNetwork(subject, network, subject.evaluationSet(images), changes, control);
}
