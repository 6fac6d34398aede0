import {build} from 'vite';
import {join} from 'node:path';
import {filesOf, type Files} from '../kit/pages.ts';

/** The files that the package gives to plain pages, built as `npm run build` builds them. */
export const ownFiles = async (): Promise<Files> =>
  filesOf(
    await build({
      mode: 'standalone',
      configFile: join(import.meta.dirname, '../../vite.config.ts'),
      logLevel: 'error',
      build: {write: false},
    }),
  );

/** A page with a list and a chat, as a person writes it. Its server cannot be reached, as long as nobody waits for it. */
export const ownBody = `<session-context url="/sync" persist="none" style="display:flex;block-size:100vh">
  <session-list style="inline-size:20rem"></session-list>
  <agent-chat style="flex:1"></agent-chat>
</session-context>
<script type="module" src="/standalone.js"></script>`;
