import {expect} from '@open-wc/testing';
import {REDACTED, Redactor} from './redact.ts';
import {withoutTexts} from './without-texts.ts';

const clean = (value: unknown): unknown => new Redactor().value(value);

describe('secrets in frames', () => {
  for (const name of [
    'token',
    'Access-Token',
    'refresh_token',
    'x-api-key',
    'apiKey',
    'API KEY',
    'Authorization',
    'proxy-authorisation',
    'password',
    'db_passwd',
    'client.secret',
    'SECRET',
    'ｔｏｋｅｎ',
    'set-cookie',
    'aws_secret_access_key',
    'credentials',
  ]) {
    it(`the value of “${name}” is hidden, whatever it is`, () => {
      for (const value of ['s3cret', 42, true, ['s3cret'], {deep: {er: 's3cret'}}]) {
        const text = JSON.stringify(clean({outer: [{[name]: value}]}));
        expect(text).to.equal(JSON.stringify({outer: [{[name]: REDACTED}]}));
      }
    });
  }

  it('what only counts, or is not there, stays', () => {
    const frame = {input_tokens: 512, maxTokens: 9, tokens: null, token: '', password: null, title: 'Token'};
    expect(clean(frame)).to.deep.equal(frame);
    expect(clean({tokens: ['a', 'b']})).to.deep.equal({tokens: REDACTED});
  });

  it('lists of names and values are known as such', () => {
    expect(
      clean({
        env: [
          {name: 'API_KEY', value: 'abc'},
          {name: 'HOME', value: '/root'},
        ],
        headers: [
          ['authorization', 'Token abc'],
          ['accept', 'text/html'],
        ],
      }),
    ).to.deep.equal({
      env: [
        {name: 'API_KEY', value: REDACTED},
        {name: 'HOME', value: '/root'},
      ],
      headers: [
        ['authorization', REDACTED],
        ['accept', 'text/html'],
      ],
    });
  });

  it('what the page has sent as a secret is hidden wherever it comes back; what others call one is not learned', () => {
    const redactor = new Redactor();
    redactor.value({type: 'hello', token: 'correct-horse'}, true);
    redactor.value({type: 'event', secret: 'snapshot'});
    expect(redactor.value({type: 'error', message: 'wrong token “correct-horse”'})).to.deep.equal({
      type: 'error',
      message: `wrong token “${'*'.repeat(13)}”`,
    });
    expect(redactor.value({type: 'snapshot', 'correct-horse': 1})).to.deep.equal({
      type: 'snapshot',
      [`${'*'.repeat(13)}`]: 1,
    });
  });

  it('text hides what looks like a secret, and stays as long as it was', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP';
    for (const [text, secret] of [
      ['curl -H "Authorization: Bearer abcdef123"', 'abcdef123'],
      ['Authorization: Digest username=x, response=y', 'response=y'],
      ['GET /x?access_token=abc&y=2', 'abc'],
      ['https://joe:hunter2@host/', 'hunter2'],
      ['{"password":"hunter2"}', 'hunter2'],
      ['{\\"api_key\\":\\"hunter2\\"}', 'hunter2'],
      ['export OPENAI_API_KEY=sk-abcdefghijklmnopqrstuv', 'sk-abc'],
      [`it is ${jwt}.`, jwt],
      ['Cookie: sid=31d4d96e; theme=dark', '31d4'],
      ['client_secret = hunter2', 'hunter2'],
    ] as const) {
      const shown = String(clean(text));
      expect(shown).not.to.include(secret);
      expect(shown.length).to.equal(text.length);
    }
    for (const text of ['12 tokens: fine', 'a@b.example, http://host/path@2', 'secretary of state'])
      expect(clean(text)).to.equal(text);
  });

  it('no frame is too strange: names of prototypes, depth, and texts made to take long', () => {
    const strange = JSON.parse('{"__proto__":{"token":"x"},"constructor":{"password":"y"}}') as object;
    expect(JSON.stringify(clean(strange))).to.equal(
      `{"__proto__":{"token":"${REDACTED}"},"constructor":{"password":"${REDACTED}"}}`,
    );
    expect(Object.getPrototypeOf(clean(strange))).to.equal(Object.prototype);
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}"x"${']'.repeat(50_000)}`);
    expect(JSON.stringify(clean(deep))).to.include('too deep');
    for (const piece of ['a', 'token', 'eyJ', '-eyJ', 'bearer ', '://', ' ', 'password:', 'api_', 'sk-', '=', 'cookie'])
      expect(clean(piece.repeat(1_000_000 / piece.length)), piece).to.be.a('string');
  });
});

describe('frames without texts', () => {
  it('keep what they are, and how long each text was', () => {
    const frame = {
      type: 'event',
      channel: 'session:a',
      seq: 3,
      time: '2026-01-02T03:04:05.000Z',
      command: 'c',
      event: {
        kind: 'tool-began',
        id: 'i',
        turn: 't',
        name: 'read',
        input: {path: 'a.txt', id: 'b', deep: [{type: '🙂'}]},
      },
    };
    expect(withoutTexts(frame)).to.deep.equal({
      ...frame,
      event: {...frame.event, name: 'xxxx', input: {path: 'xxxxx', id: 'x', deep: [{type: 'xx'}]}},
    });
    expect(withoutTexts({type: 'delta', at: 5, item: 'm', text: 'a\nb🙂'})).to.deep.equal({
      type: 'delta',
      at: 5,
      item: 'm',
      text: 'xxxxx',
    });
    expect(
      withoutTexts({session: {id: 's', title: 'Mine', status: 'running', error: {code: 'e', message: 'no'}}}),
    ).to.deep.equal({session: {id: 's', title: 'xxxx', status: 'running', error: {code: 'e', message: 'xx'}}});
    expect(withoutTexts('what is no frame')).to.equal('x'.repeat(16));
  });
});
