import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../context/strings.ts';
import type {ApprovalItem} from '../../model/items.ts';
import {contentBlocks} from '../shared/content-blocks.ts';
import {visible} from '../shared/output/visible.ts';
import {asking} from './approval/asking.ts';
import {choices} from './approval/choices.ts';
import type {ThreadView} from './thread-view.ts';

/** A question with its answers as buttons, none of which is the obvious one: no key answers by accident. */
export function approval(item: ApprovalItem, view: ThreadView): TemplateResult {
  const {title, detail, content, answer} = item;
  return asking({kind: 'approval', title, isOver: !!answer}, [
    detail ? html`<p class="text" dir="auto">${visible(detail)}</p>` : nothing,
    contentBlocks(content, view.strings, view.strings.input),
    answer ? html`<p class="answer">${said(item, view)}</p>` : view.readonly ? nothing : choices(item, view),
  ]);
}

const withdrawals: Record<string, keyof Strings> = {
  stopped: 'withdrawnStopped',
  'agent-exited': 'withdrawnExited',
};

function said({answer, options}: ApprovalItem, {strings}: ThreadView): string {
  const {option, reason = ''} = answer ?? {};
  if (!option) return strings[withdrawals[reason] ?? 'withdrawn'];
  return fill(strings.answered, {answer: visible(options.find(({id}) => id === option)?.label ?? option)});
}
