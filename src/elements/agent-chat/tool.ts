import {html, nothing, type TemplateResult} from 'lit';
import type {ToolItem, ToolState} from '../../model/items.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {contentBlocks, pre} from '../shared/content-blocks.ts';
import {icon, type IconName} from '../shared/icons.ts';
import {readable} from '../shared/readable.ts';
import {toolWords} from '../shared/tool-words.ts';
import {marks} from './message.ts';
import {toolMarkdown} from './tool-markdown.ts';
import type {ThreadView} from './thread-view.ts';

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
        ><span class="name">${name}</span>
        <span class="title" dir="auto">${title.startsWith(name) ? title.slice(name.length) : title}</span></span
      >
      <span class="state">${view.strings[toolWords[state]]}</span>
      ${icon('chevron')}
    </button>
    ${isOpen ? details(item, view) : nothing}
  </div>`;
}

const details = (item: ToolItem, view: ThreadView): TemplateResult => {
  const {strings} = view;
  const input = readable(item.input);
  return html`<div class="details">
    ${item.error ? pre(strings.error, item.error, 'error') : nothing}
    ${item.locations?.map(({path, line}) => html`<p class="path">${line ? `${path}:${line}` : path}</p>`)}
    ${input && pre(strings.input, input)} ${contentBlocks(item.content, strings)}
    ${item.output ? pre(strings.output, item.output) : nothing} ${marks(item, view)}
    ${copyButton({text: () => toolMarkdown(item, strings), label: strings.copyMarkdown, strings})}
  </div>`;
};
