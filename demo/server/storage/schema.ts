/** "SeSy" in ASCII: marks a database as ours. */
export const APPLICATION_ID = 0x53655379;
export const SCHEMA_VERSION = 2;

/** A list is read in its order, whatever it is narrowed to: nothing is sorted, and nothing passed over. */
const SESSIONS_IN_ORDER = `
CREATE INDEX sessions_by_time ON sessions (user, archived, updated DESC, id);
CREATE INDEX sessions_by_status ON sessions (user, status, archived, updated DESC, id);
CREATE INDEX sessions_by_parent ON sessions (user, parent, archived, updated DESC, id) WHERE parent IS NOT NULL;`;

const WORDS_OF_USER = `CREATE INDEX words_of_user ON words (user, word, session);`;

/** Texts that people or agents wrote are kept as JSON: SQLite's own strings end at a NUL and know no lone surrogates. */
export const SCHEMA = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sessions (
  key INTEGER PRIMARY KEY,
  user TEXT NOT NULL,
  id TEXT NOT NULL,
  status TEXT NOT NULL,
  archived INTEGER NOT NULL,
  parent TEXT,
  updated TEXT NOT NULL,
  unfinished INTEGER NOT NULL,
  record TEXT NOT NULL,
  UNIQUE (user, id)
);
${SESSIONS_IN_ORDER}
CREATE INDEX sessions_unfinished ON sessions (key) WHERE unfinished;

CREATE TABLE taken (user TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (user, id)) WITHOUT ROWID;

CREATE TABLE events (
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  item TEXT,
  json TEXT NOT NULL,
  PRIMARY KEY (session, seq)
);
CREATE INDEX events_by_item ON events (session, item, seq) WHERE item IS NOT NULL;
CREATE INDEX events_sizes ON events (session, seq, bytes);

CREATE TABLE marks (
  session INTEGER NOT NULL,
  item TEXT NOT NULL,
  field TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (session, item, field)
) WITHOUT ROWID;

CREATE TABLE list_events (
  user TEXT NOT NULL,
  seq INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (user, seq)
);

CREATE TABLE queue (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  session INTEGER NOT NULL,
  command TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  message TEXT NOT NULL,
  UNIQUE (session, command)
);
CREATE TABLE owed (place INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, owed TEXT NOT NULL);
CREATE INDEX owed_by_session ON owed (session);

CREATE TABLE texts (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  session INTEGER NOT NULL,
  item TEXT NOT NULL,
  piece TEXT NOT NULL
);
CREATE INDEX texts_by_item ON texts (session, item);

CREATE TABLE answers (
  user TEXT NOT NULL,
  command TEXT NOT NULL,
  session TEXT NOT NULL,
  epoch TEXT NOT NULL,
  json TEXT NOT NULL,
  until INTEGER,
  PRIMARY KEY (user, command)
) WITHOUT ROWID;
CREATE INDEX answers_by_session ON answers (user, session);
CREATE INDEX answers_until ON answers (until) WHERE until IS NOT NULL;

CREATE TABLE words (
  session INTEGER NOT NULL,
  word TEXT NOT NULL,
  source TEXT NOT NULL,
  user TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (session, word, source)
) WITHOUT ROWID;
${WORDS_OF_USER}
`;

/** What makes a database of a version one of the next; the first leads from version 1 to 2. */
export const MIGRATIONS: readonly string[] = [
  `DROP INDEX sessions_by_time;
DROP INDEX sessions_by_status;
DROP INDEX sessions_by_parent;
${SESSIONS_IN_ORDER}
ALTER TABLE words ADD COLUMN user TEXT NOT NULL DEFAULT '';
UPDATE words SET user = (SELECT user FROM sessions WHERE key = words.session);
${WORDS_OF_USER}`,
];
