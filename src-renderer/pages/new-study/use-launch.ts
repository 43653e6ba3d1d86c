import { until } from '@vueuse/core';
import { nextTick, ref, shallowRef, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { request } from '../../connection/request.ts';
import { useStudyDraft } from '../../drafts/study-draft.ts';
import type { LaunchPlace } from '../../stores/launch-place.ts';
import { useNotices } from '../../stores/notices.ts';
import { useStudies } from '../../stores/studies.ts';
import type { Clash } from './use-clash.ts';

/** What the page knows of the draft that is to be saved. */
interface Draft {
  /** Whether the page has not looked at the present text yet. */
  readonly behind: Ref<boolean>;
  readonly hasMistakes: () => boolean;
  readonly showFirstMistake: () => Promise<void>;
  readonly clash: Ref<Clash | null>;
  /** Whether it is not known yet if there is a clash. */
  readonly isClashOpen: Ref<boolean>;
}

interface Launch {
  /** Whether it is asked if the study that has the name is to be changed, where `launching` tells what for. */
  readonly asking: Ref<boolean>;
  readonly launching: Ref<boolean>;
  /** Whether it is asked where to train. */
  readonly asksPlace: Ref<boolean>;
  readonly askPlace: () => Promise<void>;
  /** Saves the draft where nothing is wrong and nothing is to be asked. @param where null: on this machine */
  readonly ask: (launch: boolean, where?: LaunchPlace | null) => Promise<void>;
  readonly save: () => Promise<void>;
}

/** Saves the draft as a study and launches it, with the questions before. */
export function useLaunch({ behind, hasMistakes, showFirstMistake, clash, isClashOpen }: Draft): Launch {
  const router = useRouter();
  const notices = useNotices();
  const studies = useStudies();
  const draft = useStudyDraft();
  const asking = ref(false);
  const launching = ref(true);
  const asksPlace = ref(false);
  const place = shallowRef<LaunchPlace | null>(null);

  /** What the page says of the present text and of the study that has its name, it knows from then on. */
  async function settle(): Promise<void> {
    await until(behind).toBe(false);
    // the name may be another one now
    await nextTick();
    await until(isClashOpen).toBe(false);
  }

  async function askPlace(): Promise<void> {
    await settle();
    if (hasMistakes()) void showFirstMistake();
    else asksPlace.value = true;
  }

  async function ask(launch: boolean, where: LaunchPlace | null = null): Promise<void> {
    launching.value = launch;
    place.value = where;
    await settle();
    if (hasMistakes()) void showFirstMistake();
    else if (clash.value?.changes) asking.value = true;
    else void save();
  }

  async function save(): Promise<void> {
    const { text: launched } = draft;
    // first, so that its address is there by then: one that came while the draft goes would open it again
    await draft.keep();
    const saved = await notices.attempt(() =>
      request('studies.save', { text: launched, launch: launching.value, ...place.value }),
    );
    if (!saved) return;
    studies.add(saved);
    await notices.attempt(() => draft.finish(launched));
    await router.push(`/studies/${encodeURIComponent(saved.name)}`);
  }

  return { asking, launching, asksPlace, askPlace, ask, save };
}
