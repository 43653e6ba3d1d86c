export interface ClusterAgreement {
  /**
   * Mean over the rows of -ln of their class's probability in their cluster, divided by ln(classes): 1 is chance. The
   * probabilities are the class frequencies in the cluster divided by the sizes of the classes, renormalised.
   */
  readonly crossEntropy: number;
  /** The same in nats, with a cluster's class probabilities being the plain shares of its rows. */
  readonly plainCrossEntropy: number;
  /** Normalized mutual information of classes and clusters, 2 I / (H + H). */
  readonly mutualInformation: number;
  /** Share of the rows whose class is the most frequent one of their cluster. */
  readonly purity: number;
}

/**
 * How well clusters tell the classes; both are counted from 0.
 *
 * @param weights how often each row counts; once, if left out
 */
export function clusterAgreement(
  clusters: ArrayLike<number>,
  labels: ArrayLike<number>,
  clusterCount: number,
  classes: number,
  weights?: ArrayLike<number>,
): ClusterAgreement {
  const counts = new Float64Array(clusterCount * classes);
  for (let row = 0; row < labels.length; row++) {
    const at = (clusters[row] as number) * classes + (labels[row] as number);
    counts[at] = (counts[at] as number) + (weights === undefined ? 1 : (weights[row] as number));
  }
  return agreementOf(counts, clusterCount, classes);
}

/** @param counts rows of each class in each cluster, [clusters, classes] */
function agreementOf(counts: Float64Array, clusterCount: number, classes: number): ClusterAgreement {
  const ofCluster = new Float64Array(clusterCount);
  const ofClass = new Float64Array(classes);
  for (const [at, count] of counts.entries()) {
    const cluster = Math.floor(at / classes);
    ofCluster[cluster] = (ofCluster[cluster] as number) + count;
    ofClass[at % classes] = (ofClass[at % classes] as number) + count;
  }
  const rows = ofClass.reduce((sum, count) => sum + count, 0);
  let [loss, plainLoss] = [0, 0];
  let information = 0;
  let pure = 0;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    const inCluster = counts.subarray(cluster * classes, (cluster + 1) * classes);
    const shares = inCluster.map((count, label) => (count === 0 ? 0 : count / (ofClass[label] as number)));
    const total = shares.reduce((sum, share) => sum + share, 0);
    pure += Math.max(...inCluster);
    for (let label = 0; label < classes; label++) {
      const count = inCluster[label] as number;
      if (count === 0) continue;
      loss -= count * Math.log((shares[label] as number) / total);
      plainLoss -= count * Math.log(count / (ofCluster[cluster] as number));
      const expected = (ofCluster[cluster] as number) * (ofClass[label] as number);
      information += (count / rows) * Math.log((count * rows) / expected);
    }
  }
  const entropies = entropy(ofCluster, rows) + entropy(ofClass, rows);
  return {
    crossEntropy: loss / rows / Math.log(classes),
    plainCrossEntropy: plainLoss / rows,
    mutualInformation: entropies > 0 ? Math.max(0, (2 * information) / entropies) : 1,
    purity: pure / rows,
  };
}

function entropy(counts: Float64Array, total: number): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= (count / total) * Math.log(count / total);
  return sum;
}
