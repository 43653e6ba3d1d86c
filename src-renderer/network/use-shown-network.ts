import { computed, ref, type Ref } from 'vue';
import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';
import type { Checked } from '../../src-shared/mistakes/mistake.ts';
import { showMistake } from '../../src-shared/mistakes/show-mistake.ts';
import type { NetworkContext } from '../../src-shared/networks/family.ts';
import type { CellRow } from '../../src-shared/runs/run-row.ts';
import { cellWords, fieldsText } from './cell-words.ts';
import { cellKey, useRunTable } from '../stores/run-table.ts';
import { useNetworks } from '../stores/networks.ts';
import { useStudies } from '../stores/studies.ts';
import type { NetworkChoice } from './network-choice.ts';
import { showNetwork, type ShownNetwork } from './shown-network.ts';

/** The images that published figures are for. */
export const PUBLISHED: NetworkContext = { input: [224, 224, 3], classes: 1000 };

/** What is said while that is not known yet. */
export const LOADING = 'Loading …';

/**
 * The network that a choice means, or why there is none; null for no choice. A family is shown for `context`, a cell for
 * the images of its study's data set, an imported network for those that it takes.
 */
export function useShownNetwork(
  choice: Ref<NetworkChoice | null>,
  datasets: Ref<readonly DatasetListing[]>,
  context: Ref<NetworkContext> = ref(PUBLISHED),
): Ref<ShownNetwork | string | null> {
  const table = useRunTable();
  const studies = useStudies();
  const imported = useNetworks();

  function cellOf(chosen: NetworkChoice & { readonly kind: 'run' | 'cell' }): CellRow | string {
    if (table.pending) return LOADING;
    if (chosen.kind === 'run') {
      const run = table.byId(chosen.run);
      if (!run) return `There is no run ${chosen.run}. It may be in the trash.`;
      return table.cellOf(run) ?? `The cell of run ${run.id} was not found.`;
    }
    if (chosen.cell === '') return 'Choose a cell.';
    return (
      table.cells.get(cellKey(chosen)) ?? `There is no cell ${chosen.cell} in the study ${chosen.study}.`
    );
  }

  /** Of the study's data set. Runs name theirs, so that a study that is gone from the list does no harm. */
  function contextOf(cell: CellRow): NetworkContext | string {
    // one is built in
    if (studies.pending || datasets.value.length === 0) return LOADING;
    const name = studies.studies.find((study) => study.name === cell.study)?.dataset;
    const listing = datasets.value.find((dataset) => dataset.name === name);
    if (!listing?.shape || listing.classes.length === 0)
      return `The image size of the data set ${name ?? 'of this study'} is unknown: add the data set in Settings.`;
    return { input: listing.shape, classes: listing.classes.length };
  }

  return computed(() => {
    const chosen = choice.value;
    if (!chosen) return null;
    if (chosen.kind === 'family') {
      const title = [chosen.family, fieldsText(chosen.fields)].filter(Boolean).join(', ');
      return networkOrWhy(showNetwork(title, { family: chosen.family, ...chosen.fields }, context.value));
    }
    if (chosen.kind === 'imported') {
      if (imported.pending) return LOADING;
      const record = imported.networks.find(({ name }) => name === chosen.name);
      if (!record) return `There is no imported network ${chosen.name}.`;
      const { description, input, classes } = record;
      return networkOrWhy(showNetwork(chosen.name, description, { input, classes: classes.length }));
    }
    const cell = cellOf(chosen);
    if (typeof cell === 'string') return cell;
    if (cell.network === null) return 'The run was imported, without its network.';
    const images = contextOf(cell);
    if (typeof images === 'string') return images;
    return networkOrWhy(showNetwork(`${cell.study}: ${cellWords(cell)}`, cell.network, images));
  });
}

function networkOrWhy(shown: Checked<ShownNetwork>): ShownNetwork | string {
  return shown.ok ? shown.value : shown.mistakes.map(showMistake).join('\n');
}
