import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer, request, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {createSite} from './http.ts';
import {createOrigins} from './origins.ts';

const top = mkdtempSync(join(tmpdir(), 'site-'));
const root = join(top, 'demo');
mkdirSync(join(root, 'hosts'), {recursive: true});
mkdirSync(join(root, 'empty'));
writeFileSync(join(top, 'outside.txt'), 'outside');
writeFileSync(join(root, 'index.html'), '<!doctype html><title>Demo</title>');
writeFileSync(join(root, 'main.js'), 'export {};');
writeFileSync(join(root, 'nothing.css'), '');
writeFileSync(join(root, '.secret'), 'secret');
writeFileSync(join(root, 'hosts/index.html'), 'hosts');
writeFileSync(join(root, 'hosts/a b.html'), 'blank');
symlinkSync(join(top, 'outside.txt'), join(root, 'link.txt'));

const server = createServer();
let port = 0;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const origins = createOrigins({host: '127.0.0.1', port, origins: ['https://demo.example']});
  server.on('request', createSite({root, origins, log: () => undefined}));
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(top, {recursive: true});
});

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends the path as it is: `fetch` would put it in order first. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({port, host: '127.0.0.1', path, method, headers: {host: `127.0.0.1:${port}`, ...headers}}, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({status: response.statusCode, headers: response.headers, body}));
    })
      .on('error', reject)
      .end();
  });

test('the page and what belongs to it, as what it is', async () => {
  const page = await get('/');
  assert.equal(page.status, 200);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.body, '<!doctype html><title>Demo</title>');
  const script = await get('/main.js?v=1#x');
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(script.body, 'export {};');
  assert.equal((await get('/hosts/')).body, 'hosts');
  assert.equal((await get('/hosts/a%20b.html')).body, 'blank');
  assert.equal((await get('/nothing.css')).status, 200);
});

test('every answer carries the policy', async () => {
  for (const path of ['/', '/main.js', '/nowhere', '/hosts']) {
    const {headers} = await get(path);
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none'; script-src 'self'; style-src 'self'; " +
        `connect-src 'self' ws://127.0.0.1:${port}; img-src 'self' data:; font-src 'self'; base-uri 'none'; ` +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
    );
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  }
  const {headers} = await get('/', {host: 'demo.example'});
  assert.match(String(headers['content-security-policy']), /connect-src 'self' wss:\/\/demo\.example;/);
});

test('a request for another name is misdirected', async () => {
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1']) {
    const {status, body} = await get('/', {host});
    assert.equal(status, 421, host);
    assert.doesNotMatch(body, /Demo/);
  }
});

test('nothing outside is reached, nothing hidden is shown, no folder is listed', async () => {
  const paths = [
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/hosts/../../outside.txt',
    '/link.txt',
  ];
  paths.push('/%2e%2e%5coutside.txt', '/.secret', '/empty/', '//main.js', '/main.js/', '/%00', '/%zz', '/nowhere');
  for (const path of paths) {
    const {status, body} = await get(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /outside|secret/);
  }
  assert.equal((await get('http://evil.example/main.js')).status, 400);
});

test('a folder without its slash is redirected, to this server', async () => {
  const {status, headers} = await get('/hosts');
  assert.equal(status, 308);
  assert.equal(headers['location'], '/hosts/');
});

test('GET and HEAD only', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const {status, headers} = await get('/', {}, method);
    assert.equal(status, 405, method);
    assert.equal(headers['allow'], 'GET, HEAD');
  }
  const {status, headers, body} = await get('/main.js', {}, 'HEAD');
  assert.deepEqual([status, headers['content-length'], body], [200, '10', '']);
});

test('what a browser has already is not sent again', async () => {
  const {headers} = await get('/main.js');
  assert.equal(headers['cache-control'], 'no-cache');
  const etag = headers['etag'] ?? '';
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await get('/main.js', {'if-none-match': known});
    assert.deepEqual([again.status, again.body], [304, ''], known);
  }
  assert.equal((await get('/main.js', {'if-none-match': '"other"'})).status, 200);
});

test('the path of the WebSocket says what it is', async () => {
  const {status, headers} = await get('/sync');
  assert.equal(status, 426);
  assert.equal(headers['upgrade'], 'websocket');
});
