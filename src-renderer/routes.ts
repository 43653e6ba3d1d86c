import type { Component } from 'vue';
import type { RouteLocationNormalizedLoaded, RouteRecordRaw } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Of the window or the tab; null for the page of a study, which is called by its name alone. */
    title: string | null | ((to: RouteLocationNormalizedLoaded) => string);
  }
}

type PageRoute = RouteRecordRaw & { readonly component?: () => Promise<Component> };

/** The pages, each with what loads its code. The first one that an address fits is shown. */
export const ROUTES: readonly PageRoute[] = [
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
  // as it was called before all layers had a page
  {
    path: '/studies/:study/layers',
    redirect: ({ params: { study }, query }) => ({
      path: '/layers',
      query: { ...query, study: String(study) },
    }),
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
  /** `?study=NAME`, with `&cell=ID` one cell of it; `?run=ID`; `?imported=NAME`; without any where there are results. */
  {
    path: '/layers',
    component: () => import('./pages/layers/LayersPage.vue'),
    meta: { title: 'Layers' },
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
];
