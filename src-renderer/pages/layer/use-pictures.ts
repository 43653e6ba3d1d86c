import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { ExportedFile } from '../../../src-shared/contract/api/files.ts';
import { messageOf, request } from '../../connection/request.ts';
import type { LayerFile } from '../../layers/layer-measures.ts';

/** A file of a layer, and how far it has come. */
export interface SentPicture {
  readonly key: string;
  readonly source: LayerFile;
  /** Null while it is on its way, and for an array, which is fetched when it is to be kept. */
  readonly file: ExportedFile | null;
  /** Why it did not come; empty where it did. */
  readonly problem: string;
}

export interface Pictures {
  readonly pictures: Ref<readonly SentPicture[]>;
  /** How many are still on their way. */
  readonly waiting: Ref<number>;
  /** Asks again for those that did not come. */
  readonly retry: () => void;
}

/** A file of an analysis, as the host sends it. */
export function fetchFile({
  analysis: { run, method, settings },
  file: { file },
}: LayerFile): Promise<ExportedFile> {
  return request('analysis.file', { run, method, settings, file });
}

/**
 * The pictures of a layer, loaded one after the other: what is seen first comes first, and leaving the layer leaves
 * nothing on the way but one. Those that are here stay while the analyses are loaded again.
 */
export function usePictures(files: () => readonly LayerFile[]): Pictures {
  const answers = shallowRef<ReadonlyMap<string, Pick<SentPicture, 'file' | 'problem'>>>(new Map());
  const pictures = computed(() =>
    files().map((source): SentPicture => {
      const key = keyOf(source);
      return { key, source, ...(answers.value.get(key) ?? { file: null, problem: '' }) };
    }),
  );
  const missing = computed(() =>
    pictures.value.filter(
      ({ source, file, problem }) => source.file.kind === 'picture' && file === null && problem === '',
    ),
  );
  const isLoading = ref(false);

  async function load(): Promise<void> {
    if (isLoading.value) return;
    isLoading.value = true;
    for (let next = missing.value[0]; next; next = missing.value[0]) {
      const { key } = next;
      const answer = await fetchFile(next.source).then(
        (file) => ({ file, problem: '' }),
        (error: unknown) => ({ file: null, problem: messageOf(error) }),
      );
      const shown = new Set(pictures.value.map((picture) => picture.key));
      answers.value = new Map([...answers.value, [key, answer] as const].filter(([each]) => shown.has(each)));
    }
    isLoading.value = false;
  }

  function retry(): void {
    answers.value = new Map([...answers.value].filter(([, { problem }]) => problem === ''));
    void load();
  }

  watch(missing, () => void load(), { immediate: true });
  return { pictures, waiting: computed(() => missing.value.length), retry };
}

/** An analysis that was made again has other pictures under the same names. */
function keyOf({ analysis: { run, method, createdAt }, file: { file } }: LayerFile): string {
  return [run, method, createdAt, file].join('\n');
}
