import {html, nothing, type TemplateResult} from 'lit';
import {fill} from '../../context/strings.ts';
import type {Drawing} from '../drawing.ts';

/** The images of a text that somebody has asked for, by address; `ask` draws what they stand in again. */
export interface Asked {
  readonly images: ReadonlySet<string>;
  readonly ask: (image: string) => void;
}

interface Image {
  readonly address: string;
  readonly alt: string;
  readonly title: string;
}

/** An image that is not fetched before somebody asks for it, unless the page trusts its host. */
export function image({address, alt, title}: Image, {href, imageHosts, strings}: Drawing, asked: Asked): unknown {
  const url = webAddress(href(address));
  if (!url) return alt ? `${alt} (${address})` : address;
  if (asked.images.has(url.href) || imageHosts.includes(url.host)) return picture(url.href, alt, title);
  return html`<button type="button" class="small image" @click=${() => asked.ask(url.href)}>
    ${fill(strings.loadImage, {host: url.host})} ${alt ? html`<span class="alt" dir="auto">${alt}</span>` : nothing}
  </button>`;
}

const picture = (address: string, alt: string, title: string): TemplateResult =>
  html`<img src=${address} alt=${alt} .title=${title} referrerpolicy="no-referrer" decoding="async" />`;

function webAddress(address: string | undefined): URL | undefined {
  const url = address === undefined ? undefined : new URL(address);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
