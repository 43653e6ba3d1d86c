export interface ClusterAgreement {
  /**
   * Mean over the rows of -ln of their class's probability in their cluster, divided by ln(classes): 1 is chance. The
   * probabilities are the class frequencies in the cluster divided by the sizes of the classes, renormalised.
   */
  readonly crossEntropy: number;
  /** Normalised mutual information of classes and clusters, 2 I / (H + H). */
  readonly mutualInformation: number;
  /** Share of the rows whose class is the most frequent one of their cluster. */
  readonly purity: number;
}

/** How well clusters tell the classes; both are counted from 0. */
export function clusterAgreement(
  clusters: ArrayLike<number>,
  labels: ArrayLike<number>,
  clusterCount: number,
  classes: number,
): ClusterAgreement {
  const rows = labels.length;
  const counts = new Float64Array(clusterCount * classes);
  const ofCluster = new Float64Array(clusterCount);
  const ofClass = new Float64Array(classes);
  for (let row = 0; row < rows; row++) {
    const cluster = clusters[row] as number;
    const label = labels[row] as number;
    const at = cluster * classes + label;
    counts[at] = (counts[at] as number) + 1;
    ofCluster[cluster] = (ofCluster[cluster] as number) + 1;
    ofClass[label] = (ofClass[label] as number) + 1;
  }
  let loss = 0;
  let information = 0;
  let pure = 0;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    const inCluster = counts.subarray(cluster * classes, (cluster + 1) * classes);
    const weights = inCluster.map((count, label) => (count === 0 ? 0 : count / (ofClass[label] as number)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    pure += Math.max(...inCluster);
    for (let label = 0; label < classes; label++) {
      const count = inCluster[label] as number;
      if (count === 0) continue;
      loss -= count * Math.log((weights[label] as number) / total);
      const expected = (ofCluster[cluster] as number) * (ofClass[label] as number);
      information += (count / rows) * Math.log((count * rows) / expected);
    }
  }
  const entropies = entropy(ofCluster, rows) + entropy(ofClass, rows);
  return {
    crossEntropy: loss / rows / Math.log(classes),
    mutualInformation: entropies > 0 ? Math.max(0, (2 * information) / entropies) : 1,
    purity: pure / rows,
  };
}

function entropy(counts: Float64Array, total: number): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= (count / total) * Math.log(count / total);
  return sum;
}
