import {
  ChartColumn,
  FlaskConical,
  GitCompareArrows,
  Layers,
  Network,
  PlusCircle,
  Settings,
  Table2,
} from '@lucide/vue';
import type { Component } from 'vue';

export interface NavigationEntry {
  readonly path: string;
  readonly title: string;
  readonly icon: Component;
  /** What a search may call it. */
  readonly about: string;
}

export const NAVIGATION: readonly NavigationEntry[] = [
  { path: '/studies', title: 'Studies', icon: FlaskConical, about: 'running, queued and finished studies' },
  { path: '/new', title: 'New study', icon: PlusCircle, about: 'choose factors, see costs, launch' },
  { path: '/runs', title: 'Runs', icon: Table2, about: 'browse, filter and group every run' },
  {
    path: '/compare',
    title: 'Compare',
    icon: GitCompareArrows,
    about: 'curves, heat map, cost, differences',
  },
  { path: '/network', title: 'Network', icon: Network, about: 'modules and layers with their costs' },
  {
    path: '/layers',
    title: 'Layers',
    icon: Layers,
    about: 'questions to the layers of trained networks, and answers',
  },
  { path: '/figures', title: 'Figures', icon: ChartColumn, about: 'figures for papers' },
  { path: '/settings', title: 'Settings', icon: Settings, about: 'data sets, engines, backup, theme' },
];
