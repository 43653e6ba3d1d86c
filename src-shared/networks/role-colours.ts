import type { RoleColour } from './role.ts';

interface RoleInks {
  readonly of: Readonly<Record<RoleColour, string>>;
  /** Of what is written on them: it reaches 4.5:1. */
  readonly on: string;
}

/** The colours of roles in drawings and figures; the page's style sheet has the same (src-renderer/network/roles.css). */
export const ROLE_INKS: Readonly<Record<'light' | 'dark', RoleInks>> = {
  light: {
    of: {
      grey: '#6f695f',
      orange: '#b5500a',
      blue: '#2874b2',
      navy: '#143d66',
      purple: '#86398c',
      teal: '#0d6e63',
      ochre: '#7d6100',
      violet: '#5a4894',
      red: '#a32a2a',
    },
    on: '#ffffff',
  },
  dark: {
    of: {
      grey: '#a39b8f',
      orange: '#ff9a57',
      blue: '#4f9fdb',
      navy: '#b4dafa',
      purple: '#d99fe0',
      teal: '#5bcbbb',
      ochre: '#dfc05b',
      violet: '#bdaef2',
      red: '#ff9388',
    },
    on: '#14110e',
  },
};
