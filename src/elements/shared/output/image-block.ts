import {html, type TemplateResult} from 'lit';
import {AsyncDirective, directive} from 'lit/async-directive.js';
import {ref} from 'lit/directives/ref.js';
import {fill, type Strings} from '../../../context/strings.ts';
import {visible} from './visible.ts';

export interface ImageBlock {
  readonly mime: string;
  /** Base64. */
  readonly data: string;
}

/** What browsers decode to pixels and nothing else. */
const PIXELS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'];
/** Of a side, in pixels; larger images are made smaller. */
const LARGEST = 1_600;

/**
 * An image from the data itself: nothing is fetched, and it is drawn as pixels, so that a page needs to allow no image
 * addresses for it. What cannot be drawn is named.
 */
class ImageBlockDirective extends AsyncDirective {
  #block: ImageBlock | undefined;
  #strings: Strings | undefined;
  #hasFailed = false;
  #canvas: HTMLCanvasElement | undefined;

  override render(block: ImageBlock, strings: Strings): TemplateResult {
    const isNew = this.#block?.data !== block.data || this.#block.mime !== block.mime;
    this.#block = block;
    this.#strings = strings;
    if (isNew) this.#hasFailed = !PIXELS.includes(block.mime);
    const name = visible(block.mime);
    if (this.#hasFailed) return html`<p class="text">${fill(strings.image, {name})}</p>`;
    if (isNew && this.#canvas) void this.#draw(this.#canvas, block);
    return html`<canvas
      class="image"
      role="img"
      width="0"
      height="0"
      aria-label=${fill(strings.imageShown, {name})}
      ${ref(this.#appeared)}
    ></canvas>`;
  }

  readonly #appeared = (canvas: Element | undefined): void => {
    this.#canvas = canvas instanceof HTMLCanvasElement ? canvas : undefined;
    if (this.#canvas && this.#block) void this.#draw(this.#canvas, this.#block);
  };

  async #draw(canvas: HTMLCanvasElement, block: ImageBlock): Promise<void> {
    try {
      // It may be called while it is rendered.
      await Promise.resolve();
      const bytes = Uint8Array.from(atob(block.data), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], {type: block.mime}));
      if (this.#block !== block && this.#block?.data !== block.data) return image.close();
      const scale = Math.min(1, LARGEST / Math.max(image.width, image.height));
      canvas.width = Math.max(1, Math.round(image.width * scale));
      canvas.height = Math.max(1, Math.round(image.height * scale));
      canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
      image.close();
    } catch {
      // Broken data is the sender's; it is said in its place.
      if (this.#block?.data !== block.data || !this.#strings) return;
      this.#hasFailed = true;
      if (this.isConnected) this.setValue(this.render(block, this.#strings));
    }
  }
}

export const imageBlock = directive(ImageBlockDirective);
