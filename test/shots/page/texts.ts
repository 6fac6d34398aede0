export const MARKDOWN = `## What I found

The worker claims a job for **30 seconds**. A mail with large attachments takes *longer*, so the claim runs out and ~~a second server~~ another worker takes the same job. \`claimed_until\` is the column that decides it, see the [queue documentation](https://example.com/queue) for how it is meant.

| step | who | seconds | what can go wrong |
|:-----|:----|--------:|:------------------|
| claim | worker | 0.1 | nothing: it is one statement |
| render | worker | 2.4 | a template that is missing |
| attach | storage | 31.0 | **longer than the claim** |
| send | relay | 1.2 | refused, tried again |

\`\`\`ts
/** Keeps the claim for as long as the work goes on. */
async function withClaim<T>(job: Job, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => extend(job.id, 30), 10_000); // a third of the claim
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
\`\`\`

> A claim that nobody extends is a claim that nobody works on.
>
> > So it has to be extended by whoever works, and not by a timer of the queue.

1. Extend the claim while the mail is put together
2. Remember the id of the message:
   - in the table \`mails\`
   - with a unique index
3. Tell the relay that id

- [x] Reproduced with a 40 MB attachment
- [x] Test that fails without the change
- [ ] Look through the other three workers

---

Here is the picture of the night: ![jobs per minute](https://charts.example.com/night.png) and a footnote of numbers: 1,204 mails, 17 of them twice.
`;

export const LONG_ANSWER = `The import reads the catalogue of 2019 line by line. I have looked at the three places where it loses articles.

### 1. Lines with a quoted separator

\`"Shirt; blue";12,90\` is split into three fields instead of two, because the reader splits before it looks at the quotes. **41 articles** are lost that way. The repair is to use the reader that the export uses already:

\`\`\`ts
for await (const row of readCsv(file, {separator: ';', quote: '"'})) {
  const article = parseArticle(row);
  if (!article.ok) report.skip(row.line, article.problem);
  else batch.push(article.value);
}
\`\`\`

### 2. Prices with a comma

\`Number("12,90")\` is \`NaN\`, and an article without a price is left out without a word. I suggest that the reader says so, and that the report at the end names each line:

| file | lines | read | skipped |
|------|------:|-----:|--------:|
| men.csv | 8,112 | 8,090 | 22 |
| women.csv | 11,760 | 11,741 | 19 |
| kids.csv | 4,020 | 3,998 | 22 |

### 3. Names that are not in one alphabet

What comes as Latin-1 is read as UTF-8. The names then hold a replacement character, and the search never finds them. I am now going through the files to see which of them`;

export const JSON_INPUT = {
  query: 'claimed_until',
  paths: ['src/queue', 'src/mail'],
  options: {ignoreCase: true, maxResults: 50, context: 2},
};

export const JSON_OUTPUT = JSON.stringify(
  {
    matches: [
      {path: 'src/queue/claim.ts', line: 18, text: 'set claimed_until = now() + 30'},
      {path: 'src/queue/worker.ts', line: 44, text: 'where claimed_until < now()'},
    ],
    total: 2,
    truncated: false,
  },
  undefined,
  2,
);

export const DIFF = {
  path: 'src/queue/worker.ts',
  before: `import {claim, release} from './claim.ts';
import {log} from '../log.ts';

export async function run(job: Job): Promise<void> {
  const claimed = await claim(job.id, 30);
  if (!claimed) return;
  try {
    await job.work();
  } finally {
    await release(job.id);
  }
}

export const pause = 500;
`,
  after: `import {claim, extend, release} from './claim.ts';
import {log} from '../log.ts';

export async function run(job: Job): Promise<void> {
  const claimed = await claim(job.id, 30);
  if (!claimed) return;
  const timer = setInterval(() => extend(job.id, 30), 10_000);
  try {
    await job.work();
  } catch (error) {
    log.warn('job failed', {job: job.id, error});
    throw error;
  } finally {
    clearInterval(timer);
    await release(job.id);
  }
}

export const pause = 500;
`,
};

const ESC = '\u001b[';

export const TERMINAL = `$ npm test

${ESC}1m src/queue/worker.test.ts${ESC}0m
  ${ESC}32m✔${ESC}0m claims a job once ${ESC}90m(12 ms)${ESC}0m
  ${ESC}32m✔${ESC}0m extends the claim while it works ${ESC}90m(31 ms)${ESC}0m
  ${ESC}31m✖ gives a claim back when the work fails${ESC}0m ${ESC}90m(8 ms)${ESC}0m
    ${ESC}31mAssertionError${ESC}0m: expected ${ESC}32m0${ESC}0m claims, got ${ESC}31m1${ESC}0m
        at ${ESC}36msrc/queue/worker.test.ts:57:12${ESC}0m

${ESC}33m! 1 slow test${ESC}0m
${ESC}7m FAIL ${ESC}0m ${ESC}1;31m1 failed${ESC}0m, ${ESC}32m41 passed${ESC}0m, ${ESC}4m42 in all${ESC}0m
${ESC}44;97m done ${ESC}0m ${ESC}35m3.2 s${ESC}0m`;

export const THOUGHT = `The mails that come twice all have attachments. So it is probably the time that a job takes, and not the relay.

- claim: 30 s
- the longest job of last night: 31.4 s

Let me look at what happens when a claim runs out.`;

export const RTL_QUESTION = 'لماذا يصل بريد التأكيد مرتين إلى بعض العملاء؟';
export const RTL_ANSWER = `يأخذ العامل المهمة لمدة **30 ثانية**. الرسائل ذات المرفقات الكبيرة تستغرق وقتًا أطول، فيأخذها عامل آخر.

1. مدّد الحجز في \`src/queue/worker.ts\`
2. احفظ معرّف الرسالة

| الخطوة | الثواني |
|---|---:|
| الحجز | 0.1 |
| المرفقات | 31.0 |

\`\`\`ts
await extend(job.id, 30);
\`\`\``;
