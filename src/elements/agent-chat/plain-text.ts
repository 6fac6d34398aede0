/** Elements that begin a line of their own, and those before which a line is left empty. */
const LINES = 'p, div, li, tr, pre, blockquote, h1, h2, h3, h4, h5, h6, hr, section';
const APART = 'p, pre, blockquote, h1, h2, h3, h4, h5, h6, table, ul, ol';
const PARTS = 'thead, tbody, td, th, figure';
/** What is there for a person who looks, and no part of the text. */
const UNTOLD = 'button, select, style, .copying, .language, [aria-live]';

/** What is drawn in an element as a person reads it, folded or not: lists with their marks, the cells of a row apart. */
export function plainText(element: Element): string {
  const parts: string[] = [];
  write(element, parts, '');
  return parts
    .join('')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function write(element: Element, parts: string[], indent: string): void {
  for (const node of element.childNodes) {
    if (node instanceof Text) parts.push(inLine(node));
    else if (node instanceof Element && node.matches('.image'))
      parts.push(node.querySelector('.alt')?.textContent ?? '');
    else if (node instanceof Element && !node.matches(UNTOLD)) writeElement(node, parts, indent);
  }
}

/** Outside of what keeps its spaces, a line break is one; between blocks there is none. */
function inLine({data, parentElement, previousElementSibling, nextElementSibling}: Text): string {
  if (parentElement?.closest('pre')) return data;
  if (!data.trim() && (isBlock(previousElementSibling) || isBlock(nextElementSibling))) return '';
  return parentElement?.closest(LINES) ? data.replace(/\s+/g, ' ') : data;
}

const isBlock = (element: Element | null): boolean => !!element?.matches(`${LINES}, ${APART}, ${PARTS}`);

function writeElement(element: Element, parts: string[], indent: string): void {
  const {localName, parentElement} = element;
  if (localName === 'br') parts.push('\n', indent);
  else if (localName === 'img') parts.push(element.getAttribute('alt') ?? '');
  else if (localName === 'input') parts.push((element as HTMLInputElement).checked ? '[x] ' : '[ ] ');
  const isApart = !parentElement?.closest('li') && element.matches(APART);
  // The first of an item stands beside its mark.
  const isFirst = parentElement?.localName === 'li' && !element.previousElementSibling;
  if (isApart) parts.push('\n\n', indent);
  else if (element.matches(LINES) && !isFirst) parts.push('\n', indent);
  if (localName === 'li') parts.push(markOf(element));
  write(element, parts, localName === 'li' ? `${indent}  ` : indent);
  if (localName === 'td' || localName === 'th') parts.push('\t');
  if (isApart) parts.push('\n\n');
}

function markOf({parentElement: list, previousElementSibling: before}: Element): string {
  if (list?.localName !== 'ol') return '- ';
  let place = Number(list.getAttribute('start') ?? 1);
  for (let each = before; each; each = each.previousElementSibling) place++;
  return `${place}. `;
}
