import {html, nothing, type TemplateResult} from 'lit';
import type {ThoughtItem} from '../../model/items.ts';
import type {ThreadCell} from '../../store/cells.ts';
import {icon} from '../shared/icons.ts';
import {marks} from './message-below.ts';
import {agentText} from './message-body.ts';
import type {ThreadView} from './thread-view.ts';

/** Shorter ones are told without how long they took, in milliseconds. */
const WORTH_TELLING = 1_000;

/** Folded until somebody wants to read it; while it is streamed it says for how long, afterwards how long it took. */
export function thought(item: ThoughtItem, view: ThreadView, isOpen: boolean, toggle: () => void): TemplateResult {
  const {strings} = view;
  return html`<div class="thought ${item.streaming ? 'running' : ''}" part="thought">
    <button type="button" class="row" aria-expanded=${isOpen ? 'true' : 'false'} @click=${toggle}>
      ${icon('spark')}${label(item, view) ?? html`<span class="state">${strings.thought}</span>`}${icon('chevron')}
    </button>
    ${isOpen ? html`<div class="details text" dir="auto">${agentText({...item, kind: 'message', role: 'agent'}, view)}${marks(item, view)}</div>` : nothing}
  </div>`;
}

function label(item: ThoughtItem, {strings, thread, local}: ThreadView): TemplateResult | undefined {
  const since = item.cut ? undefined : began(item, thread);
  const until = item.time;
  if (item.streaming) {
    return html`<span class="state">${strings.thinking}</span> ${
        since
          ? html`<session-duration aria-hidden="true" .since=${since} .clock=${local?.clock}></session-duration>`
          : nothing
      }`;
  }
  if (!since || !until || Date.parse(until) - Date.parse(since) < WORTH_TELLING) return undefined;
  return html`<session-duration
    class="state"
    .since=${since}
    .until=${until}
    .label=${strings.thoughtFor}
  ></session-duration>`;
}

/**
 * The log has when a thought was complete. It began when what stands before it in its turn was over: a message or another
 * thought when it was stored, a call when it ended; or with the turn. Where that is not known, neither is how long it took.
 */
function began({key, turn}: ThoughtItem, {confirmed}: ThreadCell): string | undefined {
  const {items, places, open} = confirmed.folded;
  const place = places.get(key) ?? items.length;
  const before = place > 0 ? items.at(place - 1) : undefined;
  if (before?.turn === turn) return before?.kind === 'tool' ? before.ended : before?.time;
  return open.find(({id}) => id === turn)?.began;
}
