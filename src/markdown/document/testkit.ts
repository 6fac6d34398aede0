import type {Token} from '../grammar/grammar.ts';
import type {Block, Leaf} from './block.ts';
import {GrowingDocument} from './growing-document.ts';
import {settle} from './settle.ts';
import {undecided} from './undecided.ts';

/** With all that it may have to be loaded first. */
export const growingDocument = (onLinked?: (leaf: Leaf) => void): GrowingDocument =>
  new GrowingDocument(onLinked, () => ({settle, undecided}));

/** A document as the specification writes it, to be compared and never shown. */
export const written = (document: GrowingDocument): string => blocks(document.root.children, document);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const blocks = (children: readonly Block[], document: GrowingDocument, tight = false): string =>
  children.map((child) => block(child, document, tight)).join('\n');

function block(it: Block, document: GrowingDocument, tight: boolean): string {
  switch (it.kind) {
    case 'root':
    case 'quote':
      return `<blockquote>\n${blocks(it.children, document)}\n</blockquote>`;
    case 'list': {
      const tag = it.start === undefined ? 'ul' : 'ol';
      const start = (it.start ?? 1) === 1 ? '' : ` start="${it.start}"`;
      return `<${tag}${start}>\n${blocks(it.children, document, !it.loose)}\n</${tag}>`;
    }
    case 'item': {
      const [first, last] = [it.children[0], it.children.at(-1)];
      const isText = (child: Block | undefined) => !child || (tight && child.kind === 'paragraph');
      return `<li>${isText(first) ? '' : '\n'}${blocks(it.children, document, tight)}${isText(last) ? '' : '\n'}</li>`;
    }
    case 'paragraph':
      return tight ? inline(it.text, it, document) : `<p>${inline(it.text, it, document)}</p>`;
    case 'heading':
      return `<h${it.level}>${inline(it.text, it, document)}</h${it.level}>`;
    case 'row':
      return `<tr>${it.cells.map((cell) => `<td>${inline(cell, it, document)}</td>`).join('')}</tr>`;
    case 'table':
      return `<table ${it.aligns.join()}>\n${it.head.join('|')}\n${blocks(it.children, document)}\n</table>`;
    case 'code': {
      const language = it.info.split(/\s/)[0];
      return `<pre><code${language ? ` class="language-${escaped(language)}"` : ''}>${escaped(it.lines.map((line) => `${line}\n`).join(''))}</code></pre>`;
    }
    case 'rule':
      return '<hr />';
    case 'definition':
      return '';
  }
}

const inline = (
  text: string,
  leaf: Extract<Block, {kind: 'paragraph' | 'heading' | 'row'}>,
  document: GrowingDocument,
) => document.inline(text, leaf).map(span).join('');

function span(token: Token): string {
  const attribute = (name: string): string => token.attrs?.find(([key]) => key === name)?.[1] ?? '';
  const title = attribute('title') && ` title="${escaped(attribute('title'))}"`;
  const address = (name: string): string => escaped(encodeURI(attribute(name)).replace(/%25(?=[\dA-F]{2})/gi, '%'));
  switch (token.type) {
    case 'text':
    case 'text_special':
      return escaped(token.content);
    case 'code_inline':
      return `<code>${escaped(token.content)}</code>`;
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return '<br />\n';
    case 'link_open':
      return `<a href="${address('href')}"${title}>`;
    case 'image':
      return `<img src="${address('src')}" alt="${escaped((token.children ?? []).map(words).join(''))}"${title} />`;
    default:
      return token.nesting > 0 ? `<${token.tag}>` : `</${token.tag}>`;
  }
}

const words = (token: Token): string => token.content || (token.children ?? []).map(words).join('');
