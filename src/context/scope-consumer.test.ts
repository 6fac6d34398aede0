import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {LitElement, type TemplateResult} from 'lit';
import {createMemoryBackend} from '../backend/memory/memory-backend.ts';
import {SessionContext} from '../elements/session-context/session-context.ts';
import {ScopeConsumer} from './scope-consumer.ts';

/** An element that says which session its provider has selected. */
class Probe extends LitElement {
  static override properties = {context: {}};
  declare context: string;
  readonly consumer: ScopeConsumer;
  constructor() {
    super();
    this.context = '';
    this.consumer = new ScopeConsumer(this);
  }
  get selected(): string | undefined {
    return this.consumer.scope?.selected;
  }
  protected override render(): TemplateResult {
    return html`${this.consumer.scope ? 'found' : 'alone'}`;
  }
}
customElements.define('scope-probe', Probe);
if (!customElements.get('session-context')) customElements.define('session-context', SessionContext);

const provider = (selected: string, more: Partial<SessionContext> = {}): SessionContext =>
  Object.assign(document.createElement('session-context'), {
    backend: createMemoryBackend().factory,
    persist: 'none',
    selected,
    ...more,
  });
const probe = (context = ''): Probe => Object.assign(document.createElement('scope-probe') as Probe, {context});
const finds = (each: Probe, selected: string | undefined) =>
  waitUntil(() => each.selected === selected && each.renderRoot.textContent === (selected ? 'found' : 'alone'));

describe('scope', () => {
  let place: HTMLElement;
  beforeEach(async () => {
    place = await fixture<HTMLElement>(html`<div></div>`);
  });

  it('is that of the nearest provider around', async () => {
    const outer = provider('outer');
    const inner = provider('inner');
    const [far, near] = [probe(), probe()];
    outer.append(far, inner);
    inner.append(near);
    place.append(outer);
    await finds(far, 'outer');
    await finds(near, 'inner');
  });

  it('comes when the provider comes, goes when it goes, and follows a move', async () => {
    const each = probe();
    place.append(each);
    await finds(each, undefined);
    const one = provider('one');
    place.append(one);
    one.append(each);
    await finds(each, 'one');
    const two = provider('two');
    place.append(two);
    two.append(each);
    await finds(each, 'two');
    each.remove();
    await finds(each, undefined);
    two.append(each);
    await finds(each, 'two');
    two.remove();
    await finds(each, undefined);
    place.append(two);
    await finds(each, 'two');
  });

  it('works if the consumer is upgraded before its provider', async () => {
    const [inner, outer] = ['scope-late-probe', 'scope-late-provider'];
    place.innerHTML = `<${outer}><${inner}></${inner}></${outer}>`;
    customElements.define(inner, class extends Probe {});
    const each = place.querySelector(inner) as Probe;
    await finds(each, undefined);
    customElements.define(outer, class extends SessionContext {});
    const late = place.querySelector(outer) as SessionContext;
    late.backend = createMemoryBackend().factory;
    late.selected = 'late';
    await finds(each, 'late');
  });

  it('is found by id, in the own root or in the document, and only there', async () => {
    const around = provider('around');
    const named = provider('named', {id: 'sessions'});
    const outside = probe('sessions');
    const host = document.createElement('div');
    const within = probe('sessions');
    host.attachShadow({mode: 'open'}).append(within);
    around.append(outside, host);
    place.append(around);
    await finds(outside, undefined);
    place.append(named);
    await finds(outside, 'named');
    await finds(within, 'named');
    host.shadowRoot?.append(provider('nearer', {id: 'sessions'}));
    within.remove();
    host.shadowRoot?.append(within);
    await finds(within, 'nearer');
    outside.context = '';
    await finds(outside, 'around');
    outside.context = 'nobody';
    await finds(outside, undefined);
  });

  it('of the document: the first serves all, the second warns and comes after it', async () => {
    const warnings: unknown[] = [];
    const {warn} = console;
    console.warn = (text: unknown) => warnings.push(text);
    try {
      const each = probe();
      const first = provider('first', {scope: 'document'});
      const second = provider('second', {scope: 'document'});
      place.append(each, first);
      await finds(each, 'first');
      expect(warnings).to.have.length(0);
      place.append(second);
      await second.updateComplete;
      expect(warnings).to.have.length(1);
      await finds(each, 'first');
      first.remove();
      await finds(each, 'second');
      second.scope = '';
      await finds(each, undefined);
    } finally {
      console.warn = warn;
    }
  });

  it('is new with another url or backend', async () => {
    const one = provider('one');
    const each = probe();
    one.append(each);
    place.append(one);
    await finds(each, 'one');
    const {scope} = each.consumer;
    one.backend = createMemoryBackend().factory;
    await waitUntil(() => each.consumer.scope !== scope && each.consumer.scope?.store === one.store);
    expect(each.selected).to.equal('one');
  });

  it('keeps two providers two worlds', async () => {
    const one = provider('one');
    const two = provider('two');
    const [left, right] = [probe(), probe()];
    one.append(left);
    two.append(right);
    place.append(one, two);
    await finds(left, 'one');
    await finds(right, 'two');
    left.consumer.scope?.select('else');
    expect([one.selected, two.selected]).to.deep.equal(['else', 'two']);
    expect(left.consumer.scope?.store === right.consumer.scope?.store).to.equal(false);
  });
});
