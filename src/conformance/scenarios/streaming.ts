import {channelOf} from '../../backend/session-sync/wire.ts';
import type {ServerFrameOf} from '../../backend/session-sync/frames.ts';
import {Unmet, type Client} from '../client.ts';
import type {Begun, Scenario, Stage} from '../stage.ts';

type Piece = ServerFrameOf<'delta'> | ServerFrameOf<'partial'>;

/** The first piece of a message that streams, from frame number `from` on. */
const firstPiece = (page: Client, session: string, from = 0): Promise<Piece> =>
  page.until(
    'delta-fields',
    `a delta or partial of ${session}`,
    () =>
      page.frames
        .slice(from)
        .find(
          (frame): frame is Piece =>
            (frame.type === 'delta' || frame.type === 'partial') &&
            frame.channel === channelOf(session) &&
            frame.kind === 'message',
        ),
    {about: session},
  );

/** Waits until so much more of an item was streamed. */
const grown = (page: Client, session: string, item: string, least: number): Promise<number> =>
  page.until(
    'delta-fields',
    `${least} characters of ${item}`,
    () => {
      const length = page.judge.channels.get(channelOf(session))?.texts.get(item)?.length ?? 0;
      return length >= least ? length : undefined;
    },
    {about: session},
  );

const streaming = async (stage: Stage, page: Client): Promise<Begun & {readonly item: string}> => {
  const begun = await stage.begin(page, 'stream');
  const {item} = await firstPiece(page, begun.session);
  return {...begun, item};
};

const whole: Scenario = {
  name: 'a streamed message',
  rules: ['delta-fields', 'delta-offset', 'stored-whole', 'one-stream', 'turn-ends', 'partial'],
  needs: ['stream'],
  async run(stage) {
    const page = await stage.page();
    const {session, item} = await streaming(stage, page);
    const late = await stage.page();
    await late.subscribe(channelOf(session));
    const ended = await page.event('turn-ends', session, 'turn-ended', {more: 30_000});
    page.check('turn-ends', ended.event.outcome === 'finished', () => `the turn ended ${ended.event.outcome}`, session);
    const stored = await page.event('stored-whole', session, 'message', {is: (event) => event.id === item});
    await late.event('turn-ends', session, 'turn-ended');
    for (const each of [page, late]) {
      const told = each.frames
        .filter((frame): frame is Piece => (frame.type === 'delta' || frame.type === 'partial') && frame.item === item)
        .reduce((text, {at, text: more}) => text.slice(0, at) + more, '');
      const isBeginning = told !== '' && stored.event.text.startsWith(told);
      each.check(
        'stored-whole',
        isBeginning,
        () => `${told.length} characters streamed, ${stored.event.text.length} are stored`,
        session,
      );
    }
    const status = await page.status('turn-ends', session, ['finished']);
    page.check('turn-field', status.turn === undefined, () => `finished, and its turn is ${status.turn}`, session);
  },
};

const adopted: Scenario = {
  name: 'a stream over a reconnect',
  rules: ['partial', 'have-too-long', 'answer-order', 'delta-offset'],
  needs: ['stream'],
  async run(stage) {
    const page = await stage.page();
    const {session, item} = await streaming(stage, page);
    const channel = channelOf(session);
    const held = await grown(page, session, item, 8);
    const {seq = 0} = page.judge.channels.get(channel) ?? {};
    const {epoch} = page.judge.welcome ?? {};
    const partialOf = (client: Client, what: string): ServerFrameOf<'partial'> => {
      const live = client.frames.findLastIndex((frame) => frame.type === 'live' && frame.channel === channel);
      const found = client.frames
        .slice(0, live)
        .findLast((frame): frame is ServerFrameOf<'partial'> => frame.type === 'partial' && frame.item === item);
      const isThere = found !== undefined || client.log(session).some(({event}) => 'id' in event && event.id === item);
      client.check('partial', isThere, () => `${what}: no partial for ${item}, which streams`, session);
      if (!found) throw new Unmet('the item does not stream any more');
      return found;
    };
    const fresh = await stage.page();
    await fresh.subscribe(channel);
    const all = partialOf(fresh, 'without have');
    fresh.check(
      'partial',
      all.at === 0 && all.text.length >= held,
      () => `without have: ${all.text.length} from ${all.at}, ${held} were told`,
      session,
    );
    const back = await stage.page({channels: [{channel, after: seq, have: {[item]: held}}], hello: {epoch}});
    const rest = partialOf(back, `with have ${held}`);
    back.check(
      'partial',
      rest.at === held || rest.at === held - 1,
      () => `with have ${held}: from ${rest.at}`,
      session,
    );
    const bold = await stage.page();
    await bold.subscribe(channel, {have: {[item]: 10_000_000}});
    const again = partialOf(bold, 'with a have that is too long');
    bold.check('have-too-long', again.at === 0, () => `have is longer than the text: from ${again.at}`, session);
    page.check(
      'partial',
      all.text.startsWith(page.judge.channels.get(channel)?.texts.get(item)?.slice(0, held) ?? ''),
      () => 'it is another text',
      session,
    );
    await firstPiece(back, session, back.frames.length);
  },
};

const stopped: Scenario = {
  name: 'stop while it streams',
  rules: ['stop', 'cut', 'after-the-end', 'same-answer', 'not-running'],
  needs: ['stream'],
  async run(stage) {
    const page = await stage.page();
    const {session, item} = await streaming(stage, page);
    const {turn} = await page.status('stop', session, ['running']);
    const ack = await page.acked('stop', 'stop', session, {turn});
    page.check('stop', ack.result === 'stopping', () => `it was answered ack ${ack.result}`, session);
    const ended = await page.event('stop', session, 'turn-ended', {more: 5_000});
    page.check('stop', ended.event.outcome === 'stopped', () => `the turn ended ${ended.event.outcome}`, session);
    await page.event('stop', session, 'session-put', {
      from: ended.seq,
      is: (event) => event.session.status === 'stopped',
    });
    const log = page.log(session);
    const stopping = log.find(({event}) => event.kind === 'session-put' && event.session.status === 'stopping');
    page.check(
      'stop',
      !!stopping && stopping.seq < ended.seq,
      () => 'no session-put says stopping before turn-ended',
      session,
    );
    const text = log.find(({event}) => event.kind === 'message' && event.id === item)?.event;
    const isCut = text?.kind === 'message' && text.cut === true;
    page.check('cut', isCut, () => `the item that streamed is stored as ${JSON.stringify(text)}`, session);
    const again = await page.acked('not-running', 'stop', session, {turn});
    page.check('not-running', again.result === 'not-running', () => `a second stop: ack ${again.result}`, session);
    await page.ping();
    const behind = page
      .log(session)
      .filter(({seq, event}) => seq > ended.seq && 'turn' in event && event.turn === turn);
    page.check(
      'after-the-end',
      behind.length === 0,
      () => `${behind.map(({event}) => event.kind).join(', ')} of the turn followed`,
      session,
    );
  },
};

const tool: Scenario = {
  name: 'a tool call',
  rules: ['tool-output', 'turn-closes', 'turn-ends'],
  needs: ['tool'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'tool');
    const began = await page.event('turn-ends', session, 'tool-began', {more: 10_000});
    const ended = await page.event('tool-output', session, 'tool-ended', {
      is: ({id}) => id === began.event.id,
      more: 10_000,
    });
    page.check(
      'turn-ends',
      ended.seq > began.seq,
      () => `tool-ended ${ended.seq} before tool-began ${began.seq}`,
      session,
    );
    const end = await page.event('turn-closes', session, 'turn-ended', {more: 10_000});
    page.check('turn-closes', end.seq > ended.seq, () => 'the turn ended first', session);
  },
};

const failed: Scenario = {
  name: 'a turn that fails',
  rules: ['turn-closes', 'turn-field', 'next-message'],
  needs: ['fail', 'echo'],
  async run(stage) {
    const page = await stage.page();
    const {session} = await stage.begin(page, 'fail');
    const {event, seq} = await page.event('turn-closes', session, 'turn-ended', {more: 10_000});
    page.check('turn-closes', event.outcome === 'failed', () => `the turn ended ${event.outcome}`, session);
    page.check('turn-closes', event.error !== undefined, () => 'no error says why', session);
    await page.status('turn-field', session, ['failed']);
    const ack = await page.acked('next-message', 'send', session, {text: stage.text('echo')});
    await page.event('next-message', session, 'message', {from: seq, is: (_, {command}) => command === ack.command});
    const next = await page.event('next-message', session, 'turn-ended', {from: seq, more: 10_000});
    page.check(
      'next-message',
      next.event.outcome === 'finished',
      () => `the next turn ended ${next.event.outcome}`,
      session,
    );
  },
};

/** What an agent says, and how its turn ends. */
export const streams: readonly Scenario[] = [whole, adopted, stopped, tool, failed];
