import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {pipeline} from 'node:stream';
import type {Log} from './core/ports.ts';
import {securityHeaders} from './headers.ts';
import type {Origins} from './origins.ts';
import {findStatic, type StaticFile} from './static.ts';

/** Where pages connect; see socket.ts. */
export const SYNC_PATH = '/sync';

export interface Site {
  /** The folder of the built page. */
  readonly root: string;
  readonly origins: Origins;
  readonly log: Log;
}

/** The path of a request, or nothing for anything but the plain form (`http://other/`, `*`). */
export const pathOf = (request: IncomingMessage): string | undefined =>
  request.url?.startsWith('/') ? request.url.replace(/[?#].*$/s, '') : undefined;

/** Serves the files of the built page, and nothing else. */
export const createSite =
  ({root, origins, log}: Site): RequestListener =>
  (request, response) => {
    const {host} = request.headersDistinct;
    const isOwn = origins.isOwnHost(host);
    const headers = securityHeaders(isOwn ? origins.socketSources(host?.[0] ?? '') : []);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isOwn) return refuse(response, 421, 'This server does not go by that name.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Only GET and HEAD.');
    }
    const path = pathOf(request);
    if (path === undefined) return refuse(response, 400, 'Expected a path.');
    if (path === SYNC_PATH) {
      response.setHeader('Upgrade', 'websocket');
      return refuse(response, 426, 'This is a WebSocket.');
    }
    serve(root, path, request, response).catch((error: unknown) => {
      log('error', 'http-failed', {error});
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The server has failed.');
    });
  };

const serve = async (root: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const found = await findStatic(root, path);
  if (!found) {
    const hint = path === '/' ? 'The page is not built: npm run build makes it.' : 'There is nothing here.';
    return refuse(response, 404, hint);
  }
  if ('redirect' in found) {
    response.setHeader('Location', found.redirect);
    return refuse(response, 308, 'This is a folder.');
  }
  await answer(found, request, response);
};

const answer = async (file: StaticFile, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  response.setHeader('ETag', file.etag);
  // Kept, but asked about each time: after a build nobody sees the old page.
  response.setHeader('Cache-Control', 'no-cache');
  const isKnown = matches(request.headers['if-none-match'], file.etag);
  if (!isKnown) {
    response.setHeader('Content-Type', file.type);
    response.setHeader('Content-Length', file.size);
  }
  response.statusCode = isKnown ? 304 : 200;
  if (isKnown || request.method === 'HEAD' || file.size === 0) {
    response.end();
    return file.handle.close();
  }
  // `end`: a file that grows meanwhile must not pass the length that was announced.
  const content = file.handle.createReadStream({end: file.size - 1});
  // A reader that goes away is no fault; the stream closes the file either way.
  pipeline(content, response, () => undefined);
};

const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((known) => known.trim().replace(/^W\//, '') === etag || known.trim() === '*') ?? false;

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', Buffer.byteLength(text) + 1);
  response.end(response.req.method === 'HEAD' ? undefined : `${text}\n`);
};
