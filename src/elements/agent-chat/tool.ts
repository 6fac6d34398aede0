import {html, nothing, type TemplateResult} from 'lit';
import {find} from '../../model/fold.ts';
import type {ToolItem, ToolState} from '../../model/items.ts';
import {icon, type IconName} from '../shared/icons.ts';
import {visible} from '../shared/output/visible.ts';
import {toolWords} from '../shared/tool-words.ts';
import {pageDrawing} from './page-drawing.ts';
import type {ThreadView} from './thread-view.ts';
import {childSession} from './tool/child-session.ts';
import {runHead} from './tool/run-head.ts';
import {toolDetails} from './tool/tool-details.ts';

const icons: Record<ToolState, IconName> = {
  running: 'tool',
  completed: 'check',
  failed: 'alert',
  cancelled: 'cross',
  rejected: 'cross',
  detached: 'tool',
};

/** One call, and before the first of many the head of them all. */
export function tool(item: ToolItem, view: ThreadView, isOpen: boolean, toggle: () => void): unknown {
  const runs = view.local?.runs;
  const head = runs?.head(item.key);
  return [
    head && runs ? runHead(item.key, head, view, () => runs.toggle(item.key)) : nothing,
    head?.isFolded && !isOpen ? nothing : card(item, view, isOpen, toggle),
  ];
}

/** One call in one row, which opens on what went in and what came out. The row's name begins with the tool's. */
function card(item: ToolItem, view: ThreadView, isOpen: boolean, toggle: () => void): TemplateResult {
  const {name, title = '', state, child} = item;
  const depth = depthOf(item, view);
  const own = pageCard(item, view);
  if (own !== undefined && own !== null) return html`<div part="tool">${own}</div>`;
  const rest = visible(
    `${title} `.toLowerCase().startsWith(`${name} `.toLowerCase()) ? title.slice(name.length) : title,
  );
  return html`<div class="tool ${state} ${depth ? `inner depth-${depth}` : ''}" part="tool">
    <button type="button" class="row" aria-expanded=${isOpen ? 'true' : 'false'} @click=${toggle}>
      <span class="state-icon">${icon(icons[state])}</span>
      <span class="what"><span class="name">${visible(name)}</span> <span class="title" dir="auto">${rest}</span></span>
      <span class="state">${view.strings[toolWords[state]]}</span>
      ${icon('chevron')}
    </button>
    ${child === undefined ? nothing : childSession(child, view)} ${isOpen ? toolDetails(item, view) : nothing}
  </div>`;
}

const pageCard = (item: ToolItem, {rendering: {tools = {}} = {}}: ThreadView): unknown =>
  pageDrawing(Object.hasOwn(tools, item.name) ? tools[item.name] : undefined, item, tools);

/** Calls inside of calls are told apart up to this depth. */
const DEEPEST = 4;

/** Inside of how many other calls it runs. */
function depthOf({parent}: ToolItem, {thread}: ThreadView): number {
  let depth = 0;
  for (let above = parent; above !== undefined && depth < DEEPEST; depth++) {
    const item = find(thread.confirmed.folded, `tool:${above}`);
    above = item?.kind === 'tool' ? item.parent : undefined;
  }
  return depth;
}
