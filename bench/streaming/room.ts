/** A conversation's column that scrolls and stays at its end: what a chat does around its text, for those who have none. */
export function room(): HTMLElement {
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    #room { block-size: 100vh; overflow: auto; font: 16px/1.5 sans-serif; overflow-anchor: none; }
    #room > div { max-inline-size: 46rem; margin-inline: auto; overflow-wrap: anywhere; }
  `);
  document.adoptedStyleSheets.push(styles);
  const scroller = document.createElement('div');
  scroller.id = 'room';
  const column = scroller.appendChild(document.createElement('div'));
  document.body.append(scroller);
  new ResizeObserver(() => (scroller.scrollTop = scroller.scrollHeight)).observe(column);
  return column;
}
