/** Colours of roles; each is there for both themes (src-renderer/network/roles.css). */
export type RoleColour = 'grey' | 'orange' | 'blue' | 'navy' | 'purple' | 'teal' | 'ochre' | 'violet' | 'red';

/** What a layer is for; the unit by which two networks are aligned and layers are compared. */
export interface Role {
  readonly name: string;
  readonly colour: RoleColour;
  /** Its place among the roles by which layers are chosen; layers are not chosen by it if left out. */
  readonly place?: number;
  /** Whether its layers come after the body: a drawing is not scaled to them. */
  readonly head?: true;
  /** Whether the channels of its layer are the answers, so that none can be taken away. */
  readonly answers?: true;
}

/** Roles that more than one family has. */
export const STEM: Role = { name: 'stem', colour: 'grey', place: 10 };
export const BYPASS: Role = { name: 'bypass', colour: 'purple', place: 50 };
export const DEPTHWISE: Role = { name: 'depthwise', colour: 'teal', place: 60 };
export const POINTWISE: Role = { name: 'pointwise', colour: 'blue', place: 70 };
export const MERGE: Role = { name: 'merge', colour: 'grey', place: 90 };
export const POOL: Role = { name: 'pool', colour: 'grey', place: 100 };
export const DROPOUT: Role = { name: 'dropout', colour: 'grey' };
export const CLASSIFIER: Role = {
  name: 'classifier',
  colour: 'red',
  place: 120,
  head: true,
  answers: true,
};
