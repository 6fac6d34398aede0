/** Puts a number before the page's title, and takes it away again; what the page itself writes there stays. */
export class TitleBadge {
  #shown = '';

  /** The title as the page wrote it. */
  get title(): string {
    const {title} = document;
    // A browser leaves out the space at the end of an otherwise empty title.
    return title.startsWith(this.#shown) ? title.slice(this.#shown.length).trimStart() : title;
  }

  show(count: number): void {
    const own = this.title;
    this.#shown = count > 0 ? `(${count})` : '';
    const title = `${this.#shown} ${own}`.trim();
    if (document.title !== title) document.title = title;
  }
}
