/**
 * Writes the JSON Schema of all frames of the Session Sync Protocol, from the same description that parses them.
 *   tsx scripts/schema.ts dist/session-sync.schema.json
 */
import {writeFileSync} from 'node:fs';
import {type JsonSchema, toJsonSchemaDefs} from '@valibot/to-json-schema';
import {clientFrames, serverFrames} from '../src/backend/session-sync/frames.ts';
import {uuid} from '../src/model/commands.ts';
import {knownEvents, storedEvent, threadEvent} from '../src/model/events.ts';
import {id, session, time} from '../src/model/session.ts';

const named = <T extends object>(prefix: string, schemas: T) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${prefix}-${name}`, schema]));

const anyOf = (prefix: string, schemas: object): JsonSchema => ({
  anyOf: Object.keys(schemas).map((name) => ({$ref: `#/$defs/${prefix}-${name}`})),
});

const converted = toJsonSchemaDefs(
  {
    ...named('client', clientFrames),
    ...named('server', serverFrames),
    ...named('event', knownEvents),
    session,
    'stored-event': storedEvent,
    'thread-event': threadEvent,
    time,
    id,
    uuid,
  },
  {
    target: 'draft-2020-12',
    // What is on the wire, not what a parser makes of it.
    typeMode: 'input',
    // Only `time` has one, and is described below.
    ignoreActions: ['check'],
  },
);

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Session Sync Protocol, version 1',
  description:
    'A frame that a client or a server sends. Receivers ignore unknown fields, frames of unknown type and events of unknown kind; senders of version 1 send none.',
  anyOf: [{$ref: '#/$defs/client-frame'}, {$ref: '#/$defs/server-frame'}],
  $defs: {
    'client-frame': anyOf('client', clientFrames),
    'server-frame': anyOf('server', serverFrames),
    ...converted,
    time: {type: 'string', format: 'date-time'},
    // Its parser picks by `kind`, in code that no schema can say.
    'thread-event': anyOf('event', knownEvents),
  },
};

const [file] = process.argv.slice(2);
const text = `${JSON.stringify(schema, undefined, 2)}\n`;
if (file) writeFileSync(file, text);
else process.stdout.write(text);
