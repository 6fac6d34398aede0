import {expect} from '@open-wc/testing';
import {english} from '../../context/strings.ts';
import type {Code, Table} from '../document/block.ts';
import {GrowingDocument} from '../document/growing-document.ts';
import {BoxView} from './box-view.ts';
import type {Page} from './block-views.ts';

const TEXT = '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n```ts\nconst x = 1;\n```\n';

describe('markdown: boxes', () => {
  it('show all of their text before what draws them has come, or where it never comes', () => {
    const document = new GrowingDocument(() => {});
    document.update(TEXT, true);
    const page: Page = {
      document,
      drawing: {strings: english(), href: () => undefined, copyButton: () => '', imageHosts: []},
      isGrowing: () => false,
      leaves: new WeakMap(),
      colored: new Set(),
      styles: new Set(),
    };
    const texts = document.root.children.map((block) => {
      const view = new BoxView(block as Code | Table, page);
      view.update(false);
      return view.node.textContent;
    });
    expect(texts).to.deep.equal(['a | b\n1 | 2\n3 | 4', 'const x = 1;']);
  });
});
