import type {Db} from './database.ts';

export type Row = Record<string, unknown>;
export type Value = string | number | null;
/** libsql's own types take a tuple; any number of values is what it means. */
interface Statement {
  run(...values: readonly Value[]): {readonly changes: number};
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): unknown[];
}

/** More than the server's own; those of queries differ with their number of words, and the oldest go. */
const MAX_PREPARED = 256;

/** Prepares each statement once, by its text. */
export class Statements {
  readonly #db: Db;
  readonly #prepared = new Map<string, Statement>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** How many rows were changed. */
  run(sql: string, ...values: readonly Value[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  one(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: readonly Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  #statement(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql) as unknown as Statement;
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined && this.#prepared.size >= MAX_PREPARED) this.#prepared.delete(oldest);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** A value that is kept as JSON. */
export const parse = <T>(json: unknown): T => JSON.parse(String(json)) as T;
