import {html, nothing, type TemplateResult} from 'lit';
import {fill, type Strings} from '../../../context/strings.ts';
import type {Session} from '../../../model/session.ts';
import {visible} from '../../shared/output/visible.ts';
import type {LocalText} from '../thread-view.ts';

/** How full the context of the agent is, as far as it has said so. */
export function contextMeter(
  {used, size, cost}: NonNullable<Session['usage']>,
  strings: Strings,
  local: LocalText,
): TemplateResult | typeof nothing {
  if (!(size > 0)) return nothing;
  const percent = Math.min(100, Math.max(0, Math.round((used / size) * 100)));
  const words = fill(strings.contextUsed, {percent});
  const tokens = fill(strings.contextTokens, {used: local.number(used), size: local.number(size)});
  return html`<span class="usage" title=${tokens}>
    <meter min="0" max="100" high="80" value=${percent} aria-label=${words}></meter>
    <span aria-hidden="true">${words}</span>
    ${cost ? html`<span>${local.number(cost.amount)} ${visible(cost.currency)}</span>` : nothing}
  </span>`;
}
