import {html, nothing, type TemplateResult} from 'lit';
import type {ToolItem, ToolState} from '../../model/items.ts';
import {icon, type IconName} from '../shared/icons.ts';
import {visible} from '../shared/output/visible.ts';
import {toolWords} from '../shared/tool-words.ts';
import type {ThreadView} from './thread-view.ts';
import {toolDetails} from './tool/tool-details.ts';

const icons: Record<ToolState, IconName> = {
  running: 'tool',
  completed: 'check',
  failed: 'alert',
  cancelled: 'cross',
  rejected: 'cross',
  detached: 'tool',
};

/** One call in one row, which opens on what went in and what came out. The row's name begins with the tool's. */
export function tool(item: ToolItem, view: ThreadView, isOpen: boolean, toggle: () => void): TemplateResult {
  const {name, title = '', state} = item;
  const renderers = view.rendering?.tools;
  const own = renderers && Object.hasOwn(renderers, name) ? renderers[name]?.(item) : undefined;
  if (own !== undefined && own !== null) return html`<div part="tool">${own}</div>`;
  return html`<div class="tool ${state} ${item.parent ? 'inner' : ''}" part="tool">
    <button type="button" class="row" aria-expanded=${isOpen ? 'true' : 'false'} @click=${toggle}>
      <span class="state-icon">${icon(icons[state])}</span>
      <span class="what"
        ><span class="name">${visible(name)}</span>
        <span class="title" dir="auto"
          >${visible(title.startsWith(name) ? title.slice(name.length) : title)}</span
        ></span
      >
      <span class="state">${view.strings[toolWords[state]]}</span>
      ${icon('chevron')}
    </button>
    ${isOpen ? toolDetails(item, view) : nothing}
  </div>`;
}
