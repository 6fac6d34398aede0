/** Puts a number before the page's title, and takes it away again; what the page itself writes there stays. */
export class TitleBadge {
  #shown = '';

  show(count: number): void {
    const {title} = document;
    const own = title.startsWith(this.#shown) ? title.slice(this.#shown.length) : title;
    this.#shown = count > 0 ? `(${count}) ` : '';
    if (title !== this.#shown + own) document.title = this.#shown + own;
  }
}
