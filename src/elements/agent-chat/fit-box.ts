/**
 * From so many characters on, the box is as high as it gets, however wide. It is said so, because a browser that measures
 * 100 KB again with each key takes 100 ms for it.
 */
const LONG = 5000;

/** As high as its text, within the bounds that the style sets; also in browsers that cannot do that by themselves. */
export function fitBox(box: HTMLTextAreaElement): void {
  const isLong = box.value.length > LONG;
  box.classList.toggle('long', isLong);
  if (CSS.supports('field-sizing', 'content')) return;
  box.style.setProperty('block-size', isLong ? '' : 'auto');
  if (!isLong) box.style.setProperty('block-size', `${box.scrollHeight}px`);
}
