import type {Rule} from './rule.ts';

/** Section 6: children and callbacks. */
export const childRules = {
  parent: {section: '6', sentence: 'A session started by another has `parent`.'},
  callback: {
    section: '6',
    sentence:
      "the parent is told: at once if it has no open turn, else after the turn and after all of the user's queue",
  },
  'callback-turn': {
    section: '6',
    sentence:
      'That turn is an ordinary one with `origin: "callback"`; its first messages, one a child, have `role: "user"`, `author: {kind: "callback", session, name}` and a text that a person can read.',
  },
  orphan: {section: '6', sentence: 'Deleting a parent leaves its children alive, without a parent'},
} as const satisfies Record<string, Rule>;
