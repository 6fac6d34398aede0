import type {Storage} from '../core/storage.ts';
import type {Statements} from './statements.ts';

/** What commands were answered. */
export const answerTable = (sql: Statements): Pick<Storage, 'answer' | 'putAnswer' | 'sweep'> => ({
  answer(user, command) {
    const row = sql.one(
      'SELECT session, epoch, json, until FROM answers WHERE user = ? AND command = ?',
      user,
      command,
    );
    return row && {session: String(row['session']), epoch: String(row['epoch']), json: String(row['json'])};
  },

  putAnswer(user, command, answer) {
    sql.run(
      'INSERT OR REPLACE INTO answers (user, command, session, epoch, json, until) VALUES (?,?,?,?,?,?)',
      user,
      command,
      answer.session,
      answer.epoch,
      answer.json,
      answer.until ?? null,
    );
  },

  sweep(now) {
    sql.run('DELETE FROM answers WHERE until <= ?', now);
  },
});
