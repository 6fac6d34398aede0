import {DeleteDialog} from './delete-dialog.ts';
import {SessionListRow} from './session-list-row.ts';
import {SessionList} from './session-list.ts';

/** Parts before what they are parts of. */
export const sessionListElements = [
  ['session-list-row', SessionListRow],
  ['session-list-dialog', DeleteDialog],
  ['session-list', SessionList],
] as const;
