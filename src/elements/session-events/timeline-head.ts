import {html, nothing, type TemplateResult} from 'lit';
import type {SessionScope} from '../../context/scope.ts';
import {fill} from '../../context/strings.ts';
import type {SessionView} from '../../model/project.ts';
import type {ThreadCell} from '../../store/cells.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {workDuration, workSpan} from '../shared/work-span.ts';

/** Whose events these are: what the session does, for how long, with whom, where, and since when. */
export function timelineHead(
  view: SessionView,
  thread: ThreadCell | undefined,
  {store, strings}: SessionScope,
): TemplateResult {
  const {id, status, cwd} = view;
  const title = view.title || strings.untitled;
  const agent = store.agents.find((each) => each.id === view.agent)?.title ?? view.agent;
  const parent = view.parent === undefined ? undefined : store.session(view.parent);
  return html`<div class="head" part="head" role="group" aria-label=${strings.sessionDetails}>
    <div class="title" part="title">${title}</div>
    <div class="facts">
      <span class="status ${status}">${strings[status]}</span>
      ${workDuration(workSpan(view, thread), store, strings)}
      <span>${strings.started} <session-time .time=${view.created} .clock=${store}></session-time></span>
      ${agent ? html`<span class="text">${agent}</span>` : nothing}
      ${
        parent
          ? html`<span class="text">${fill(strings.childOf, {title: parent.title || strings.untitled})}</span>`
          : nothing
      }
      ${cwd ? html`<span class="text" part="folder">${cwd}</span>` : nothing}
      <span class="id"
        ><code>${id}</code>${copyButton({text: () => id, name: fill(strings.copySessionId, {title}), strings})}</span
      >
    </div>
  </div>`;
}
