import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../../context/strings.ts';
import type {ToolState} from '../../../model/items.ts';
import {icon} from '../../shared/icons.ts';
import {toolWords} from '../../shared/tool-words.ts';
import type {ThreadView} from '../thread-view.ts';
import type {RunHead} from './tool-runs.ts';

const states: readonly ToolState[] = ['failed', 'completed', 'rejected', 'cancelled', 'detached', 'running'];

/** The button's name stays while the run grows; how many there are is its description, and stands beside it. */
export function runHead(key: string, head: RunHead, {strings}: ThreadView, toggle: () => void): TemplateResult {
  const id = `run-${encodeURIComponent(key)}`;
  return html`<div class="run" part="tool-group">
    <button
      type="button"
      class="row"
      aria-describedby=${id}
      aria-expanded=${head.isOpen ? 'true' : 'false'}
      @click=${toggle}
    >
      ${icon('tool')}<span class="name">${strings.toolCalls}</span> ${icon('chevron')}
    </button>
    <span class="counts ${head.failed ? 'bad' : ''}" id=${id}
      >${head.failed ? icon('alert') : nothing} ${inWords(head, strings)}</span
    >
  </div>`;
}

const inWords = (head: RunHead, strings: Strings): string =>
  states
    .filter((state) => head[state])
    .map((state) => fill(strings.toolCount, {count: head[state], state: strings[toolWords[state]]}))
    .join(', ');
