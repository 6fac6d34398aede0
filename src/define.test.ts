import {expect} from '@open-wc/testing';

describe('define', () => {
  it('stays out of the way of another copy, and says so once', async () => {
    customElements.define('session-context', class extends HTMLElement {});
    const warnings: unknown[] = [];
    const {warn} = console;
    console.warn = (text: unknown) => warnings.push(text);
    try {
      await import('./define.ts');
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.have.length(1);
    expect(String(warnings[0])).to.include('session-context');
    const tags = ['session-list', 'agent-chat', 'session-events', 'session-notices', 'connection-status'];
    expect(tags.filter((tag) => customElements.get(tag))).to.deep.equal([]);
  });
});
