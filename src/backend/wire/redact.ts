/** What stands for the value of a secret field. */
export const REDACTED = '[redacted]';
/** What is as long as the secret that it hides, so that places in streamed text stay right. */
const filler = (text: string): string => '*'.repeat(text.length);

/** Shorter ones are words like any other: hiding them everywhere would hide everything. */
const LEAST_KNOWN = 8;
const MOST_KNOWN = 32;
/** Deeper JSON is nobody's frame. */
const DEEPEST = 200;

const SECRET =
  /token|authori[sz]ation|passw(?:or)?d|passphrase|passcode|secret|apikey|accesskey|privatekey|signingkey|credential|cookie/;
/** How many, not which. */
const COUNT = /tokens|token(?:count|limit|usage)/;

const isSecretName = (name: string): boolean =>
  SECRET.test(
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
const isCount = (name: string, value: unknown): boolean =>
  (typeof value === 'number' || value === null) && COUNT.test(name.toLowerCase().replace(/[^a-z]/g, ''));

/**
 * In running text, by what secrets look like. Each pattern is bounded or cannot begin in the middle of a word, so that no
 * text takes longer than its length; the first group stays.
 */
const LOOKS: readonly RegExp[] = [
  /\b((?:bearer|basic)\s{1,4})([\w.~+/=-]{6,})/gi,
  /()(?<![\w-])(eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g,
  /()(?<![\w-])((?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs])[-_][\w-]{16,})/g,
  // A name and a password before a host.
  /(:\/\/)([^\s/@"']{1,256})(?=@)/g,
  /((?:authorization|cookie)\\?["']?\s{0,8}[:=]\s{0,8}\\?["']?)([^\r\n"'\\]+)/gi,
  /((?:token(?!s\b)|passw(?:or)?d|passphrase|secret|api[\s_-]?key|access[\s_-]?key|private[\s_-]?key)[\w-]{0,40}\\?["']?\s{0,8}[:=]\s{0,8}\\?["']?)([^\s"'\\,;&}]+)/gi,
];

/**
 * Hides what must not be shown: the values of fields that are named like secrets, and in texts what looks like one. What
 * the page itself has sent as a secret is hidden wherever it comes again (8 characters and more). Text that streams is looked
 * at piece by piece.
 */
export class Redactor {
  readonly #known = new Set<string>();
  #learning = false;

  /** A copy of a JSON value without secrets. Never throws. `own`: of the page, so that its secrets are known from now on. */
  value(value: unknown, own = false): unknown {
    this.#learning = own;
    return this.#copy(value, 0);
  }

  /** As long as it was. */
  text(text: string): string {
    let clean = text;
    for (const secret of this.#known) if (clean.includes(secret)) clean = clean.split(secret).join(filler(secret));
    for (const look of LOOKS) clean = clean.replace(look, (_, kept: string, secret: string) => kept + filler(secret));
    return clean;
  }

  #copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return '[too deep]';
    if (Array.isArray(value)) return this.#list(value, depth);
    const named = nameOf(value);
    // `fromEntries` makes a field of every name, also of `__proto__`.
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const isSecret = isSecretName(name) || (named && (name === 'value' || name === 'values'));
        if (isSecret && !isCount(name, inner)) return [this.text(name), this.#hidden(inner)];
        return [this.text(name), this.#copy(inner, depth + 1)];
      }),
    );
  }

  /** A header may be a pair: its name, and what it says. */
  #list(list: readonly unknown[], depth: number): unknown[] {
    const [name, value] = list;
    if (list.length === 2 && typeof name === 'string' && typeof value === 'string' && isSecretName(name)) {
      return [this.text(name), this.#hidden(value)];
    }
    return list.map((each) => this.#copy(each, depth + 1));
  }

  #hidden(value: unknown): unknown {
    if (value === '' || value === null || value === undefined || value === false) return value;
    if (this.#learning && typeof value === 'string' && value.length >= LEAST_KNOWN) {
      this.#known.add(value);
      // The oldest is forgotten.
      if (this.#known.size > MOST_KNOWN) for (const first of [...this.#known].slice(0, 1)) this.#known.delete(first);
    }
    return REDACTED;
  }
}

/** `{name: 'API_KEY', value: '…'}`, as headers and variables are listed. */
const nameOf = (value: object): boolean => {
  const {name, key} = value as {readonly name?: unknown; readonly key?: unknown};
  return [name, key].some((each) => typeof each === 'string' && isSecretName(each));
};
