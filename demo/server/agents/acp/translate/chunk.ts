import {fieldsOf, wordsOf, type Fields} from './lenient.ts';
import {step, type State, type Step} from './state.ts';
import {setMode} from './options.ts';
import {readBlock} from './tool-content.ts';

type Kind = 'text' | 'thought';

/** In the place of an id: the next piece is another message, whatever it is called. */
const WHOLE = '(whole)';

/** A piece of what the agent says or thinks. Outside of a turn it is a notice: it belongs to no conversation. */
export function chunk(state: State, kind: Kind, update: Fields): Step {
  const text = textOf(fieldsOf(update['content']));
  if (text === '') return step(state);
  const mode = /^\[MODE_UPDATE\] (\S+)$/.exec(text)?.[1];
  // Gemini says so where others send an update of their own.
  if (kind === 'text' && mode !== undefined && state.options.mode?.choices?.some(({value}) => value === mode))
    return setMode(state, mode);
  const {turn} = state;
  if (!turn) return step(state, kind === 'text' ? [{type: 'notice', level: 'info', text: text.trim()}] : []);
  const isWhole = fieldsOf(update['_meta'])['qwenDiscreteMessage'] === true;
  const message = isWhole ? WHOLE : wordsOf(update['messageId']);
  const begins = turn.text?.kind === kind && (turn.text.message !== message || isWhole);
  const said = apart(kind, turn.text?.kind === kind && !begins, text);
  if (said === '') return step(state);
  return step({...state, turn: {...turn, text: {kind, message}}}, [{type: kind, text: said, ...(begins && {begins})}]);
}

/** Gemini's thoughts come whole, each with a heading that may have nothing in it, and without the space between them. */
function apart(kind: Kind, continues: boolean, text: string): string {
  if (kind !== 'thought') return text;
  const [, heading, rest = ''] = /^\*\*([^*\n]*)\*\*\n(.*)$/s.exec(text) ?? [];
  if (heading === '') return continues && rest !== '' ? ` ${rest}` : rest;
  return continues && heading !== undefined ? `\n\n${text}` : text;
}

/** What is no text is told in words: a message has none but text. */
function textOf(content: Fields): string {
  const block = readBlock(content);
  switch (block?.type) {
    case 'text':
      return block.text;
    case 'link':
      return block.title === undefined ? block.uri : `${block.title}: ${block.uri}`;
    default:
      return typeof content['type'] === 'string' ? `(${content['type']})` : '';
  }
}
