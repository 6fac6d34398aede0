import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../../context/strings.ts';
import {visible} from '../../shared/output/visible.ts';
import type {ThreadView} from '../thread-view.ts';

/** The session that a call has started: its title, what it is doing now, and the way there. */
export function childSession(id: string, {strings, local}: ThreadView): TemplateResult {
  const child = local?.session(id);
  const title = child && visible(child.title || strings.untitled);
  return html`<p class="child">
    <button type="button" class="quiet small" @click=${() => local?.openSession(id)}>
      ${title === undefined ? strings.openStarted : fill(strings.openSession, {title})}
    </button>
    ${child ? html`<span class="status ${child.status}">${strings[child.status]}</span>` : nothing}
  </p>`;
}
