import { createRouter, createWebHashHistory, type RouteLocationNormalizedLoaded } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Of the window or the tab; null for the page of a study, which is called by its name alone. */
    title: string | null | ((to: RouteLocationNormalizedLoaded) => string);
  }
}

/**
 * The pages. Addresses stand behind the `#`, so that they work alike on `http:` and `app:`, and each holds what is
 * needed to come back to the same view.
 */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/studies', meta: { title: 'Studies' } },
    {
      path: '/studies',
      component: () => import('./pages/studies/StudiesPage.vue'),
      meta: { title: 'Studies' },
    },
    {
      path: '/studies/:study',
      component: () => import('./pages/studies/StudyPage.vue'),
      props: true,
      meta: { title: null },
    },
    {
      path: '/studies/:study/layers',
      component: () => import('./pages/study-layers/StudyLayersPage.vue'),
      props: true,
      meta: { title: 'Layers' },
    },
    /** `?from=NAME` begins with a copy of that study, `?example=NAME` with one that comes with the program. */
    {
      path: '/new',
      component: () => import('./pages/new-study/NewStudyPage.vue'),
      meta: { title: 'New study' },
    },
    { path: '/runs', component: () => import('./pages/runs/RunsPage.vue'), meta: { title: 'Runs' } },
    {
      path: '/runs/:run',
      component: () => import('./pages/run/RunPage.vue'),
      props: true,
      meta: { title: 'Run' },
    },
    /** `?study=NAME`; without it the runs that are selected. */
    {
      path: '/compare',
      component: () => import('./pages/compare/ComparePage.vue'),
      meta: { title: 'Compare' },
    },
    /** `?run=ID`, or `?study=NAME&cell=ID`; `&beside=` another cell as `STUDY/CELL`. */
    {
      path: '/network',
      component: () => import('./pages/network/NetworkPage.vue'),
      meta: { title: 'Network' },
    },
    /** `?run=ID&layer=NAME`, without a layer the whole network; `#pictures` begins with its pictures. */
    {
      path: '/network/layer',
      component: () => import('./pages/layer/LayerPage.vue'),
      props: ({ query: { run, layer } }) => ({
        run: typeof run === 'string' ? run : '',
        layer: typeof layer === 'string' ? layer : null,
      }),
      meta: { title: ({ query: { layer } }) => (typeof layer === 'string' ? layer : 'Whole network') },
    },
    {
      path: '/figures',
      component: () => import('./pages/figures/FiguresPage.vue'),
      meta: { title: 'Figures' },
    },
    /** `?part=test&class=3&page=2`: which images are shown. */
    {
      path: '/datasets/:name',
      component: () => import('./pages/dataset/DatasetPage.vue'),
      props: true,
      meta: { title: ({ params: { name } }) => (typeof name === 'string' ? name : 'Data set') },
    },
    {
      path: '/settings',
      component: () => import('./pages/settings/SettingsPage.vue'),
      meta: { title: 'Settings' },
    },
    { path: '/:rest(.*)', component: () => import('./pages/NotFoundPage.vue'), meta: { title: 'Not found' } },
  ],
});
