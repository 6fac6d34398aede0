import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
import type {Drawing} from '../drawing.ts';

/** Addresses that somebody has asked for: as long as the page lives, because a text may be drawn anew at any time. */
const asked = new Set<string>();

interface Image {
  readonly address: string;
  readonly alt: string;
  readonly title: string;
}

/** An image that is not fetched before somebody asks for it, unless the page trusts its host. `redraw` draws what it stands in. */
export function image({address, alt, title}: Image, {href, imageHosts, strings}: Drawing, redraw: () => void): unknown {
  const url = webAddress(href(address));
  if (!url) return alt ? `${alt} (${address})` : address;
  if (asked.has(url.href) || imageHosts.includes(url.host)) return picture(url.href, alt, title);
  const ask = (): void => {
    asked.add(url.href);
    redraw();
  };
  return html`<button type="button" class="small image" @click=${ask}>
    ${fill(strings.loadImage, {host: url.host})} ${alt ? html`<span class="alt" dir="auto">${alt}</span>` : nothing}
  </button>`;
}

const picture = (address: string, alt: string, title: string): TemplateResult =>
  html`<img src=${address} alt=${alt} .title=${title} referrerpolicy="no-referrer" decoding="async" />`;

function webAddress(address: string | undefined): URL | undefined {
  const url = address === undefined ? undefined : new URL(address);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
